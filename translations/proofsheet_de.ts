<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>Actions</name>
    <message>
        <source>&amp;New project...</source>
        <translation>&amp;Neues Projekt...</translation>
    </message>
    <message>
        <source>Make a project for a folder of images.</source>
        <translation>Ein Projekt für einen Ordner mit Bildern anlegen.</translation>
    </message>
    <message>
        <source>&amp;Open folder...</source>
        <translation>&amp;Ordner öffnen...</translation>
    </message>
    <message>
        <source>Open a workspace, or a folder of images.</source>
        <translation>Einen Arbeitsordner oder einen Ordner mit Bildern öffnen.</translation>
    </message>
    <message>
        <source>Open &amp;database...</source>
        <translation>&amp;Datenbank öffnen...</translation>
    </message>
    <message>
        <source>Open a decision database of the scripts.</source>
        <translation>Eine Entscheidungsdatenbank der Skripte öffnen.</translation>
    </message>
    <message>
        <source>Open the d&amp;emo</source>
        <translation>De&amp;mo öffnen</translation>
    </message>
    <message>
        <source>Try everything on a project of real photographs.</source>
        <translation>Alles an einem Projekt mit echten Fotos ausprobieren.</translation>
    </message>
    <message>
        <source>&amp;Finalize...</source>
        <translation>&amp;Abschließen...</translation>
    </message>
    <message>
        <source>Carry the decided groups out on disk, after showing what would move.</source>
        <translation>Die entschiedenen Gruppen auf dem Datenträger umsetzen; vorher wird gezeigt, was verschoben würde.</translation>
    </message>
    <message>
        <source>&amp;Inspect</source>
        <translation>&amp;Prüfen</translation>
    </message>
    <message>
        <source>Prove the integrity of the project and save the report.</source>
        <translation>Die Integrität des Projekts prüfen und den Bericht speichern.</translation>
    </message>
    <message>
        <source>Look for new i&amp;mages</source>
        <translation>Nach neuen Bildern &amp;suchen</translation>
    </message>
    <message>
        <source>Scan the folder of images again.</source>
        <translation>Den Bilderordner erneut durchsuchen.</translation>
    </message>
    <message>
        <source>Project &amp;properties...</source>
        <translation>Projekt&amp;eigenschaften...</translation>
    </message>
    <message>
        <source>Title, grouping and archive of this project.</source>
        <translation>Titel, Gruppierung und Archivierung dieses Projekts.</translation>
    </message>
    <message>
        <source>&amp;Close project</source>
        <translation>Projekt s&amp;chließen</translation>
    </message>
    <message>
        <source>Close the project. Everything is saved already.</source>
        <translation>Das Projekt schließen. Alles ist bereits gespeichert.</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>End the program. Everything is saved already.</source>
        <translation>Das Programm beenden. Alles ist bereits gespeichert.</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>Take the last step back: rows and files together.</source>
        <translation>Den letzten Schritt zurücknehmen: Zeilen und Dateien zusammen.</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Make the undone step again.</source>
        <translation>Den zurückgenommenen Schritt wiederholen.</translation>
    </message>
    <message>
        <source>&amp;Find...</source>
        <translation>&amp;Suchen...</translation>
    </message>
    <message>
        <source>Go to a group by the name of a file, its key or its id.</source>
        <translation>Zu einer Gruppe gehen: nach Dateiname, Schlüssel oder ID.</translation>
    </message>
    <message>
        <source>&amp;Copy group id</source>
        <translation>Gruppen-ID &amp;kopieren</translation>
    </message>
    <message>
        <source>Copy the id of the group, or its key while it is undecided.</source>
        <translation>Die ID der Gruppe kopieren, oder ihren Schlüssel, solange sie offen ist.</translation>
    </message>
    <message>
        <source>&amp;Settings...</source>
        <translation>&amp;Einstellungen...</translation>
    </message>
    <message>
        <source>Look, language, keys and names.</source>
        <translation>Aussehen, Sprache, Tasten und Namen.</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>&amp;Entscheiden</translation>
    </message>
    <message>
        <source>Decide group after group.</source>
        <translation>Gruppe für Gruppe entscheiden.</translation>
    </message>
    <message>
        <source>&amp;Crop</source>
        <translation>&amp;Zuschnitt</translation>
    </message>
    <message>
        <source>Work through the crops that are still open.</source>
        <translation>Die noch offenen Zuschnitte abarbeiten.</translation>
    </message>
    <message>
        <source>&amp;Browse</source>
        <translation>Ü&amp;bersicht</translation>
    </message>
    <message>
        <source>See every group at a glance.</source>
        <translation>Alle Gruppen auf einen Blick.</translation>
    </message>
    <message>
        <source>I&amp;nspect</source>
        <translation>&amp;Prüfen</translation>
    </message>
    <message>
        <source>The findings of the last inspection.</source>
        <translation>Die Befunde der letzten Prüfung.</translation>
    </message>
    <message>
        <source>&amp;Activity</source>
        <translation>&amp;Verlauf</translation>
    </message>
    <message>
        <source>History, staged files and the state of the program.</source>
        <translation>Protokoll, abgelegte Dateien und Zustand des Programms.</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Enlarge all pictures together.</source>
        <translation>Alle Bilder gemeinsam vergrößern.</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>Shrink all pictures together.</source>
        <translation>Alle Bilder gemeinsam verkleinern.</translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation>E&amp;inpassen</translation>
    </message>
    <message>
        <source>Show the whole pictures.</source>
        <translation>Die ganzen Bilder zeigen.</translation>
    </message>
    <message>
        <source>&amp;100 %</source>
        <translation>&amp;100 %</translation>
    </message>
    <message>
        <source>One pixel of the image for one of the screen.</source>
        <translation>Ein Bildpixel je Bildschirmpixel.</translation>
    </message>
    <message>
        <source>&amp;Lock zoom together</source>
        <translation>Ge&amp;meinsam zoomen</translation>
    </message>
    <message>
        <source>Zoom and move all pictures together, or only the focused one.</source>
        <translation>Alle Bilder gemeinsam zoomen und verschieben, oder nur das fokussierte.</translation>
    </message>
    <message>
        <source>Show su&amp;ggestion</source>
        <translation>Vor&amp;schlag zeigen</translation>
    </message>
    <message>
        <source>Show or hide the crop that was suggested. Keeping with a visible crop accepts it.</source>
        <translation>Den vorgeschlagenen Zuschnitt ein- oder ausblenden. Ist er beim Behalten sichtbar, wird er angenommen.</translation>
    </message>
    <message>
        <source>Ins&amp;pector</source>
        <translation>Inspekt&amp;or</translation>
    </message>
    <message>
        <source>Show or hide the facts beside the pictures.</source>
        <translation>Die Angaben neben den Bildern ein- oder ausblenden.</translation>
    </message>
    <message>
        <source>Group &amp;strip</source>
        <translation>Gruppens&amp;treifen</translation>
    </message>
    <message>
        <source>Show or hide the strip of groups.</source>
        <translation>Den Gruppenstreifen ein- oder ausblenden.</translation>
    </message>
    <message>
        <source>Dark or light &amp;theme</source>
        <translation>&amp;Dunkel oder hell</translation>
    </message>
    <message>
        <source>Change between the dark and the light theme.</source>
        <translation>Zwischen dunklem und hellem Farbschema wechseln.</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>Vo&amp;llbild</translation>
    </message>
    <message>
        <source>Use the whole screen.</source>
        <translation>Den ganzen Bildschirm nutzen.</translation>
    </message>
    <message>
        <source>&amp;Next group</source>
        <translation>&amp;Nächste Gruppe</translation>
    </message>
    <message>
        <source>Go to the next group without deciding.</source>
        <translation>Ohne Entscheidung zur nächsten Gruppe gehen.</translation>
    </message>
    <message>
        <source>&amp;Previous group</source>
        <translation>&amp;Vorige Gruppe</translation>
    </message>
    <message>
        <source>Go to the group before.</source>
        <translation>Zur Gruppe davor gehen.</translation>
    </message>
    <message>
        <source>Next &amp;undecided group</source>
        <translation>Nächste &amp;offene Gruppe</translation>
    </message>
    <message>
        <source>Go to the next group that nobody has decided.</source>
        <translation>Zur nächsten Gruppe gehen, die noch niemand entschieden hat.</translation>
    </message>
    <message>
        <source>Previous un&amp;decided group</source>
        <translation>Vorige o&amp;ffene Gruppe</translation>
    </message>
    <message>
        <source>Go back to the nearest undecided group.</source>
        <translation>Zur nächstgelegenen offenen Gruppe zurückgehen.</translation>
    </message>
    <message>
        <source>&amp;First group</source>
        <translation>&amp;Erste Gruppe</translation>
    </message>
    <message>
        <source>Go to the first group.</source>
        <translation>Zur ersten Gruppe gehen.</translation>
    </message>
    <message>
        <source>&amp;Last group</source>
        <translation>&amp;Letzte Gruppe</translation>
    </message>
    <message>
        <source>Go to the last group.</source>
        <translation>Zur letzten Gruppe gehen.</translation>
    </message>
    <message>
        <source>Find &amp;group...</source>
        <translation>&amp;Gruppe suchen...</translation>
    </message>
    <message>
        <source>Focus next p&amp;icture</source>
        <translation>Nächstes &amp;Bild fokussieren</translation>
    </message>
    <message>
        <source>Move the frame to the next picture.</source>
        <translation>Den Rahmen auf das nächste Bild setzen.</translation>
    </message>
    <message>
        <source>Focus pre&amp;vious picture</source>
        <translation>Voriges B&amp;ild fokussieren</translation>
    </message>
    <message>
        <source>Move the frame to the picture before.</source>
        <translation>Den Rahmen auf das Bild davor setzen.</translation>
    </message>
    <message>
        <source>Keep picture &amp;1 as shown</source>
        <translation>Bild &amp;1 wie gezeigt behalten</translation>
    </message>
    <message>
        <source>Keep this picture; a visible suggested crop is accepted.</source>
        <translation>Dieses Bild behalten; ein sichtbarer vorgeschlagener Zuschnitt wird angenommen.</translation>
    </message>
    <message>
        <source>Keep picture &amp;2 as shown</source>
        <translation>Bild &amp;2 wie gezeigt behalten</translation>
    </message>
    <message>
        <source>Keep picture &amp;3 as shown</source>
        <translation>Bild &amp;3 wie gezeigt behalten</translation>
    </message>
    <message>
        <source>Keep picture &amp;4 as shown</source>
        <translation>Bild &amp;4 wie gezeigt behalten</translation>
    </message>
    <message>
        <source>Keep picture 1 without crop</source>
        <translation>Bild 1 ohne Zuschnitt behalten</translation>
    </message>
    <message>
        <source>Keep this picture whole, whatever was suggested.</source>
        <translation>Dieses Bild ganz behalten, was auch immer vorgeschlagen wurde.</translation>
    </message>
    <message>
        <source>Keep picture 2 without crop</source>
        <translation>Bild 2 ohne Zuschnitt behalten</translation>
    </message>
    <message>
        <source>Keep picture 3 without crop</source>
        <translation>Bild 3 ohne Zuschnitt behalten</translation>
    </message>
    <message>
        <source>Keep picture 4 without crop</source>
        <translation>Bild 4 ohne Zuschnitt behalten</translation>
    </message>
    <message>
        <source>Keep picture 1 and crop</source>
        <translation>Bild 1 behalten und zuschneiden</translation>
    </message>
    <message>
        <source>Draw the crop of this picture now.</source>
        <translation>Den Zuschnitt dieses Bildes jetzt zeichnen.</translation>
    </message>
    <message>
        <source>Keep picture 2 and crop</source>
        <translation>Bild 2 behalten und zuschneiden</translation>
    </message>
    <message>
        <source>Keep picture 3 and crop</source>
        <translation>Bild 3 behalten und zuschneiden</translation>
    </message>
    <message>
        <source>Keep picture 4 and crop</source>
        <translation>Bild 4 behalten und zuschneiden</translation>
    </message>
    <message>
        <source>Keep picture 1, crop later</source>
        <translation>Bild 1 behalten, später zuschneiden</translation>
    </message>
    <message>
        <source>Keep this picture and put it into the Crop queue.</source>
        <translation>Dieses Bild behalten und unter „Zuschnitt“ einreihen.</translation>
    </message>
    <message>
        <source>Keep picture 2, crop later</source>
        <translation>Bild 2 behalten, später zuschneiden</translation>
    </message>
    <message>
        <source>Keep picture 3, crop later</source>
        <translation>Bild 3 behalten, später zuschneiden</translation>
    </message>
    <message>
        <source>Keep picture 4, crop later</source>
        <translation>Bild 4 behalten, später zuschneiden</translation>
    </message>
    <message>
        <source>&amp;Reject all</source>
        <translation>Alle &amp;verwerfen</translation>
    </message>
    <message>
        <source>Keep none of the pictures.</source>
        <translation>Keines der Bilder behalten.</translation>
    </message>
    <message>
        <source>&amp;Undo and go back</source>
        <translation>&amp;Rückgängig und zurück</translation>
    </message>
    <message>
        <source>Take the last step back and show its group.</source>
        <translation>Den letzten Schritt zurücknehmen und seine Gruppe zeigen.</translation>
    </message>
    <message>
        <source>&amp;Split the set</source>
        <translation>Serie &amp;aufteilen</translation>
    </message>
    <message>
        <source>Split a set of more than four pictures into groups of at most four.</source>
        <translation>Eine Serie von mehr als vier Bildern in Gruppen von höchstens vier aufteilen.</translation>
    </message>
    <message>
        <source>&amp;Confirm crop</source>
        <translation>Zuschnitt &amp;bestätigen</translation>
    </message>
    <message>
        <source>Store the crop and go on.</source>
        <translation>Den Zuschnitt speichern und weitergehen.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Leave the crop as it was.</source>
        <translation>Den Zuschnitt lassen, wie er war.</translation>
    </message>
    <message>
        <source>Crop later</source>
        <translation>Später zuschneiden</translation>
    </message>
    <message>
        <source>Keep the picture and put it into the Crop queue.</source>
        <translation>Das Bild behalten und unter „Zuschnitt“ einreihen.</translation>
    </message>
    <message>
        <source>Next ratio</source>
        <translation>Nächstes Seitenverhältnis</translation>
    </message>
    <message>
        <source>As the image, free, square, 4:3, 3:2, 16:9.</source>
        <translation>Wie das Bild, frei, quadratisch, 4:3, 3:2, 16:9.</translation>
    </message>
    <message>
        <source>Turn the ratio</source>
        <translation>Seitenverhältnis drehen</translation>
    </message>
    <message>
        <source>Swap width and height of the ratio.</source>
        <translation>Breite und Höhe des Seitenverhältnisses tauschen.</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>Ganzes Bild</translation>
    </message>
    <message>
        <source>Take the whole picture; that is stored as kept without crop.</source>
        <translation>Das ganze Bild nehmen; es wird als behalten ohne Zuschnitt gespeichert.</translation>
    </message>
    <message>
        <source>Use the suggestion</source>
        <translation>Vorschlag übernehmen</translation>
    </message>
    <message>
        <source>Take the crop that was suggested.</source>
        <translation>Den vorgeschlagenen Zuschnitt übernehmen.</translation>
    </message>
    <message>
        <source>Thirds</source>
        <translation>Drittelraster</translation>
    </message>
    <message>
        <source>Show or hide the grid of thirds.</source>
        <translation>Das Drittelraster ein- oder ausblenden.</translation>
    </message>
    <message>
        <source>Next in the queue</source>
        <translation>Nächster Zuschnitt</translation>
    </message>
    <message>
        <source>Go to the next open crop without confirming.</source>
        <translation>Ohne Bestätigung zum nächsten offenen Zuschnitt gehen.</translation>
    </message>
    <message>
        <source>Previous in the queue</source>
        <translation>Voriger Zuschnitt</translation>
    </message>
    <message>
        <source>Go to the open crop before.</source>
        <translation>Zum offenen Zuschnitt davor gehen.</translation>
    </message>
    <message>
        <source>&amp;Handbook</source>
        <translation>&amp;Handbuch</translation>
    </message>
    <message>
        <source>How to work with the program.</source>
        <translation>Wie man mit dem Programm arbeitet.</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>&amp;Tasten</translation>
    </message>
    <message>
        <source>The live key map.</source>
        <translation>Die aktuelle Tastenbelegung.</translation>
    </message>
    <message>
        <source>&amp;About Proofsheet</source>
        <translation>Ü&amp;ber Proofsheet</translation>
    </message>
    <message>
        <source>Version and licences.</source>
        <translation>Version und Lizenzen.</translation>
    </message>
</context>
<context>
    <name>Checks</name>
    <message>
        <source>SQLite&apos;s own check of the file fails.</source>
        <translation>Die eigene Prüfung der Datei durch SQLite schlägt fehl.</translation>
    </message>
    <message>
        <source>The table lacks columns of version 3, as temporary databases do.</source>
        <translation>Der Tabelle fehlen Spalten der Version 3, wie bei temporären Datenbanken.</translation>
    </message>
    <message>
        <source>A trigger changes decisions behind everybody&apos;s back.</source>
        <translation>Ein Trigger ändert Entscheidungen, ohne dass es jemand bemerkt.</translation>
    </message>
    <message>
        <source>Files were being moved when the program stopped.</source>
        <translation>Das Programm endete, während Dateien verschoben wurden.</translation>
    </message>
    <message>
        <source>The chain of the ledger does not hold.</source>
        <translation>Die Kette des Protokolls ist unterbrochen.</translation>
    </message>
    <message>
        <source>Another program changed a row after the ledger recorded it.</source>
        <translation>Ein anderes Programm hat eine Zeile geändert, nachdem das Protokoll sie erfasst hatte.</translation>
    </message>
    <message>
        <source>The row has no group id.</source>
        <translation>Die Zeile hat keine Gruppen-ID.</translation>
    </message>
    <message>
        <source>The row does not say when it was decided.</source>
        <translation>Die Zeile sagt nicht, wann entschieden wurde.</translation>
    </message>
    <message>
        <source>The time is of a form that does not tell its zone, or cannot be read.</source>
        <translation>Die Zeitangabe ist nicht lesbar oder nennt keine Zeitzone.</translation>
    </message>
    <message>
        <source>The row names no project.</source>
        <translation>Die Zeile nennt kein Projekt.</translation>
    </message>
    <message>
        <source>The folder is stored as an absolute path.</source>
        <translation>Der Ordner ist als absoluter Pfad gespeichert.</translation>
    </message>
    <message>
        <source>Two rows decide the same images of the same folder.</source>
        <translation>Zwei Zeilen entscheiden dieselben Bilder desselben Ordners.</translation>
    </message>
    <message>
        <source>The action is not approve, crop or reject.</source>
        <translation>Die Aktion ist nicht approve, crop oder reject.</translation>
    </message>
    <message>
        <source>The images are not a list of 1 to 4 names.</source>
        <translation>Die Bilder sind keine Liste mit 1 bis 4 Namen.</translation>
    </message>
    <message>
        <source>An image is stored with a path instead of its bare name.</source>
        <translation>Ein Bild ist mit Pfad statt nur mit Namen gespeichert.</translation>
    </message>
    <message>
        <source>The row does not say which image was selected.</source>
        <translation>Die Zeile sagt nicht, welches Bild ausgewählt wurde.</translation>
    </message>
    <message>
        <source>The selected image is not one of the list.</source>
        <translation>Das ausgewählte Bild steht nicht in der Liste.</translation>
    </message>
    <message>
        <source>Width or height is not above zero.</source>
        <translation>Breite oder Höhe ist nicht größer als null.</translation>
    </message>
    <message>
        <source>The final crop is not a list of four numbers.</source>
        <translation>Der endgültige Zuschnitt ist keine Liste von vier Zahlen.</translation>
    </message>
    <message>
        <source>The final crop is not ordered, or leaves 0 to 1.</source>
        <translation>Der endgültige Zuschnitt ist ungeordnet oder verlässt 0 bis 1.</translation>
    </message>
    <message>
        <source>The image is to be cropped and has no coordinates yet.</source>
        <translation>Das Bild soll zugeschnitten werden, Koordinaten fehlen noch.</translation>
    </message>
    <message>
        <source>A crop keeps every pixel; that is an approval.</source>
        <translation>Ein Zuschnitt behält jedes Pixel; das ist ein Behalten ohne Zuschnitt.</translation>
    </message>
    <message>
        <source>There are coordinates but no time of the crop.</source>
        <translation>Es gibt Koordinaten, aber keinen Zeitpunkt des Zuschnitts.</translation>
    </message>
    <message>
        <source>A rejected group has crop coordinates.</source>
        <translation>Eine verworfene Gruppe hat Koordinaten eines Zuschnitts.</translation>
    </message>
    <message>
        <source>The image that the AI picked is not one of the list.</source>
        <translation>Das von der KI gewählte Bild steht nicht in der Liste.</translation>
    </message>
    <message>
        <source>The crop that the AI proposed is no valid crop.</source>
        <translation>Der von der KI vorgeschlagene Zuschnitt ist ungültig.</translation>
    </message>
    <message>
        <source>The confidence is not within 0 and 1.</source>
        <translation>Die Konfidenz liegt nicht zwischen 0 und 1.</translation>
    </message>
    <message>
        <source>Image 0 with no confidence and no crop: the AI was probably absent.</source>
        <translation>Bild 0 ohne Konfidenz und ohne Zuschnitt: Wahrscheinlich war keine KI beteiligt.</translation>
    </message>
    <message>
        <source>selection_match is not what the two indexes give.</source>
        <translation>selection_match passt nicht zu den beiden Indizes.</translation>
    </message>
    <message>
        <source>There are both indexes but no selection_match.</source>
        <translation>Beide Indizes sind vorhanden, aber selection_match fehlt.</translation>
    </message>
    <message>
        <source>crop_match is not what the two crops give.</source>
        <translation>crop_match passt nicht zu den beiden Zuschnitten.</translation>
    </message>
    <message>
        <source>crop_match compares crops of two different images.</source>
        <translation>crop_match vergleicht Zuschnitte zweier verschiedener Bilder.</translation>
    </message>
    <message>
        <source>A reject counts as a correct selection.</source>
        <translation>Ein Verwerfen zählt als richtige Auswahl.</translation>
    </message>
    <message>
        <source>The selected image of a kept group is in no known folder.</source>
        <translation>Das ausgewählte Bild einer behaltenen Gruppe liegt in keinem bekannten Ordner.</translation>
    </message>
    <message>
        <source>The selected image is in more than one place.</source>
        <translation>Das ausgewählte Bild liegt an mehr als einem Ort.</translation>
    </message>
    <message>
        <source>An image cannot be decoded.</source>
        <translation>Ein Bild lässt sich nicht dekodieren.</translation>
    </message>
    <message>
        <source>A file with an image suffix was not taken.</source>
        <translation>Eine Datei mit Bildendung wurde nicht aufgenommen.</translation>
    </message>
    <message>
        <source>Width and height are not those of the image.</source>
        <translation>Breite und Höhe sind nicht die des Bildes.</translation>
    </message>
    <message>
        <source>A crop was cut, and its file is gone.</source>
        <translation>Ein Zuschnitt wurde erstellt, aber seine Datei fehlt.</translation>
    </message>
    <message>
        <source>The file of a crop is not the one that was cut.</source>
        <translation>Die Datei eines Zuschnitts ist nicht die, die erstellt wurde.</translation>
    </message>
    <message>
        <source>No known images belong to the row.</source>
        <translation>Zu der Zeile gehören keine bekannten Bilder.</translation>
    </message>
    <message>
        <source>Two images differ in their suffix only and share their companions.</source>
        <translation>Zwei Bilder unterscheiden sich nur in der Endung und teilen sich ihre Begleitdateien.</translation>
    </message>
    <message>
        <source>A .decision file is not the JSON of a sidecar.</source>
        <translation>Eine .decision-Datei enthält nicht das JSON einer Sidecar-Datei.</translation>
    </message>
    <message>
        <source>A .decision file has no image beside it.</source>
        <translation>Neben einer .decision-Datei liegt kein Bild.</translation>
    </message>
    <message>
        <source>A .decision file and its image lie in different folders.</source>
        <translation>Eine .decision-Datei und ihr Bild liegen in verschiedenen Ordnern.</translation>
    </message>
    <message>
        <source>A .decision file names a group that no row decides.</source>
        <translation>Eine .decision-Datei nennt eine Gruppe, die keine Zeile entscheidet.</translation>
    </message>
    <message>
        <source>An image that waits for its crop has no .decision file.</source>
        <translation>Ein Bild, das auf seinen Zuschnitt wartet, hat keine .decision-Datei.</translation>
    </message>
</context>
<context>
    <name>Cli</name>
    <message>
        <source>The folder that holds data/ (default: the current folder).</source>
        <translation>Der Ordner, in dem data/ liegt (Vorgabe: der aktuelle Ordner).</translation>
    </message>
    <message>
        <source>Print one JSON document instead of text.</source>
        <translation>Ein JSON-Dokument statt Text ausgeben.</translation>
    </message>
    <message>
        <source>The annotator (default: the login).</source>
        <translation>Bearbeiter/in (Vorgabe: der Anmeldename).</translation>
    </message>
    <message>
        <source>Worker processes (default: the number of processors).</source>
        <translation>Hilfsprozesse (Vorgabe: die Zahl der Prozessoren).</translation>
    </message>
    <message>
        <source>The folder with the images.</source>
        <translation>Der Ordner mit den Bildern.</translation>
    </message>
    <message>
        <source>A title for people.</source>
        <translation>Ein Titel für Menschen.</translation>
    </message>
    <message>
        <source>The image that is kept, counted from 0.</source>
        <translation>Das Bild, das behalten wird, ab 0 gezählt.</translation>
    </message>
    <message>
        <source>The crop as fractions of the upright image.</source>
        <translation>Der Zuschnitt in Bruchteilen des aufrechten Bildes.</translation>
    </message>
    <message>
        <source>Read decisions from a JSON Lines file, - for standard input.</source>
        <translation>Entscheidungen aus einer JSON-Lines-Datei lesen, - für die Standardeingabe.</translation>
    </message>
    <message>
        <source>Say what would be done and do nothing.</source>
        <translation>Sagen, was getan würde, und nichts tun.</translation>
    </message>
    <message>
        <source>Do not ask.</source>
        <translation>Nicht nachfragen.</translation>
    </message>
    <message>
        <source>Take files as they are, even when they changed since they were decided.</source>
        <translation>Dateien nehmen, wie sie sind, auch wenn sie sich seit der Entscheidung geändert haben.</translation>
    </message>
    <message>
        <source>A decision database by itself.</source>
        <translation>Eine einzelne Entscheidungsdatenbank.</translation>
    </message>
    <message>
        <source>Write the report there: .json, .html or .pdf.</source>
        <translation>Den Bericht dorthin schreiben: .json, .html oder .pdf.</translation>
    </message>
    <message>
        <source>Count crops that are still open as problems.</source>
        <translation>Noch offene Zuschnitte als Problem zählen.</translation>
    </message>
    <message>
        <source>Open every image, however many there are, to compare its size.</source>
        <translation>Jedes Bild öffnen, wie viele es auch sind, um seine Größe zu vergleichen.</translation>
    </message>
    <message>
        <source>Say more.</source>
        <translation>Mehr ausgeben.</translation>
    </message>
    <message>
        <source>Only these checks, separated by commas.</source>
        <translation>Nur diese Prüfungen, durch Kommas getrennt.</translation>
    </message>
    <message>
        <source>The folder to create.</source>
        <translation>Der Ordner, der angelegt werden soll.</translation>
    </message>
    <message>
        <source>Decide every group, and plant no problems.</source>
        <translation>Alle Gruppen entscheiden und keine Probleme einbauen.</translation>
    </message>
    <message>
        <source>Only this group.</source>
        <translation>Nur diese Gruppe.</translation>
    </message>
    <message>
        <source>At most so many entries.</source>
        <translation>Höchstens so viele Einträge.</translation>
    </message>
    <message>
        <source>Images further apart are never one group.</source>
        <translation>Bilder mit größerem Abstand bilden nie eine Gruppe.</translation>
    </message>
    <message>
        <source>Group each folder by itself.</source>
        <translation>Jeden Ordner für sich gruppieren.</translation>
    </message>
    <message>
        <source>Make the demo project from the photographs of installed packages.</source>
        <translation>Das Demo-Projekt aus den Fotos installierter Pakete anlegen.</translation>
    </message>
    <message>
        <source>Make a project for a folder of images.</source>
        <translation>Ein Projekt für einen Ordner mit Bildern anlegen.</translation>
    </message>
    <message>
        <source>List the projects of the workspace.</source>
        <translation>Die Projekte des Arbeitsordners auflisten.</translation>
    </message>
    <message>
        <source>Look at the disk and the database anew and count.</source>
        <translation>Datenträger und Datenbank neu lesen und zählen.</translation>
    </message>
    <message>
        <source>List the groups and the leftovers as JSON.</source>
        <translation>Die Gruppen und die Restbilder als JSON auflisten.</translation>
    </message>
    <message>
        <source>Decide one group, or many with --from.</source>
        <translation>Eine Gruppe entscheiden, oder viele mit --from.</translation>
    </message>
    <message>
        <source>Confirm the crop of a group that waits in the Crop queue.</source>
        <translation>Den Zuschnitt einer Gruppe bestätigen, die unter „Zuschnitt“ wartet.</translation>
    </message>
    <message>
        <source>Split a set of more than four images.</source>
        <translation>Eine Serie von mehr als vier Bildern aufteilen.</translation>
    </message>
    <message>
        <source>Take the last step back.</source>
        <translation>Den letzten Schritt zurücknehmen.</translation>
    </message>
    <message>
        <source>Make the last undone step again.</source>
        <translation>Den zuletzt zurückgenommenen Schritt wiederholen.</translation>
    </message>
    <message>
        <source>Show the ledger, the newest entries first.</source>
        <translation>Das Protokoll zeigen, die neuesten Einträge zuerst.</translation>
    </message>
    <message>
        <source>Carry out the decided groups on disk.</source>
        <translation>Die entschiedenen Gruppen auf dem Datenträger umsetzen.</translation>
    </message>
    <message>
        <source>What lies in __delete_staging/, and what becomes of it.</source>
        <translation>Was in __delete_staging/ liegt und was damit geschieht.</translation>
    </message>
    <message>
        <source>Prove the integrity of a project or of a database file.</source>
        <translation>Die Integrität eines Projekts oder einer Datenbankdatei prüfen.</translation>
    </message>
    <message>
        <source>Print what the scripts&apos; validator says about a database.</source>
        <translation>Ausgeben, was der Validator der Skripte zu einer Datenbank sagt.</translation>
    </message>
    <message>
        <source>Repair what follows from other values, as one undo step.</source>
        <translation>Reparieren, was aus anderen Werten folgt, als ein Schritt, der sich zurücknehmen lässt.</translation>
    </message>
    <message>
        <source>Count decisions and accuracies, each with what it was counted over.</source>
        <translation>Entscheidungen und Trefferquoten zählen, jeweils mit ihrer Grundgesamtheit.</translation>
    </message>
    <message>
        <source>Follow the chain of the ledger and compare it with the rows.</source>
        <translation>Die Kette des Protokolls verfolgen und mit den Zeilen vergleichen.</translation>
    </message>
    <message>
        <source>The action is approve, crop or reject.</source>
        <translation>Die Aktion ist approve, crop oder reject.</translation>
    </message>
    <message>
        <source>--select takes the number of an image, counted from 0.</source>
        <translation>--select erwartet die Nummer eines Bildes, ab 0 gezählt.</translation>
    </message>
    <message>
        <source>--crop takes X1,Y1,X2,Y2 with 0 &lt;= X1 &lt; X2 &lt;= 1 and goes with crop.</source>
        <translation>--crop erwartet X1,Y1,X2,Y2 mit 0 &lt;= X1 &lt; X2 &lt;= 1 und gehört zu crop.</translation>
    </message>
    <message>
        <source>Say with --select which of the %1 images is kept.</source>
        <translation>Mit --select angeben, welches der %1 Bilder behalten wird.</translation>
    </message>
    <message>
        <source>Would store %1 for %2.</source>
        <translation>Würde %1 für %2 speichern.</translation>
    </message>
    <message>
        <source>Usage: proofsheet-cli decide ID GROUP approve|crop|reject, or decide ID --from FILE</source>
        <translation>Aufruf: proofsheet-cli decide ID GROUP approve|crop|reject, oder decide ID --from FILE</translation>
    </message>
    <message>
        <source>--crop takes X1,Y1,X2,Y2 with 0 &lt;= X1 &lt; X2 &lt;= 1.</source>
        <translation>--crop erwartet X1,Y1,X2,Y2 mit 0 &lt;= X1 &lt; X2 &lt;= 1.</translation>
    </message>
    <message>
        <source>Would crop %1.</source>
        <translation>Würde %1 zuschneiden.</translation>
    </message>
    <message numerus="yes">
        <source>Would split %n image(s).</source>
        <translation>
            <numerusform>Würde %n Bild aufteilen.</numerusform>
            <numerusform>Würde %n Bilder aufteilen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undone: %1 %2</source>
        <translation>Rückgängig gemacht: %1 %2</translation>
    </message>
    <message>
        <source>Made again: %1 %2</source>
        <translation>Wiederholt: %1 %2</translation>
    </message>
    <message>
        <source>demo create needs --to DIR.</source>
        <translation>demo create braucht --to DIR.</translation>
    </message>
    <message>
        <source>%1 of %2 images</source>
        <translation>%1 von %2 Bildern</translation>
    </message>
    <message numerus="yes">
        <source>%n group(s)</source>
        <translation>
            <numerusform>%n Gruppe</numerusform>
            <numerusform>%n Gruppen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n Bild</numerusform>
            <numerusform>%n Bilder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decided</source>
        <translation>
            <numerusform>%n entschieden</numerusform>
            <numerusform>%n entschieden</numerusform>
        </translation>
    </message>
    <message>
        <source>groups kept, to __selected/</source>
        <translation>behaltene Gruppen, nach __selected/</translation>
    </message>
    <message>
        <source>crops cut, to __cropped/</source>
        <translation>erstellte Zuschnitte, nach __cropped/</translation>
    </message>
    <message>
        <source>accepted suggestions, to __crop_auto/</source>
        <translation>angenommene Vorschläge, nach __crop_auto/</translation>
    </message>
    <message>
        <source>to be cropped by hand, to __crop/</source>
        <translation>von Hand zuzuschneiden, nach __crop/</translation>
    </message>
    <message>
        <source>groups rejected</source>
        <translation>verworfene Gruppen</translation>
    </message>
    <message>
        <source>images of kept groups, to __delete_staging/</source>
        <translation>Bilder behaltener Gruppen, nach __delete_staging/</translation>
    </message>
    <message>
        <source>images of rejected groups, to __delete_staging/</source>
        <translation>Bilder verworfener Gruppen, nach __delete_staging/</translation>
    </message>
    <message>
        <source>companions that travel along</source>
        <translation>Begleitdateien, die mitgehen</translation>
    </message>
    <message>
        <source>sidecars written</source>
        <translation>geschriebene Sidecar-Dateien</translation>
    </message>
    <message>
        <source>groups finalized before</source>
        <translation>früher abgeschlossene Gruppen</translation>
    </message>
    <message>
        <source>undecided, not touched</source>
        <translation>offen, nicht angerührt</translation>
    </message>
    <message>
        <source>Left out: %1 (%2)</source>
        <translation>Ausgelassen: %1 (%2)</translation>
    </message>
    <message>
        <source>%1 of %2 groups</source>
        <translation>%1 von %2 Gruppen</translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) finalized</source>
        <translation>
            <numerusform>%n Gruppe abgeschlossen</numerusform>
            <numerusform>%n Gruppen abgeschlossen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n Datei</numerusform>
            <numerusform>%n Dateien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n file(s) for good? This cannot be undone. [y/N] </source>
        <translation>
            <numerusform>%n Datei endgültig löschen? Das lässt sich nicht rückgängig machen. [y/N] </numerusform>
            <numerusform>%n Dateien endgültig löschen? Das lässt sich nicht rückgängig machen. [y/N] </numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) deleted</source>
        <translation>
            <numerusform>%n Datei gelöscht</numerusform>
            <numerusform>%n Dateien gelöscht</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) restored</source>
        <translation>
            <numerusform>%n Datei zurückgeholt</numerusform>
            <numerusform>%n Dateien zurückgeholt</numerusform>
        </translation>
    </message>
    <message>
        <source>Usage: proofsheet-cli staging list|restore|purge ID</source>
        <translation>Aufruf: proofsheet-cli staging list|restore|purge ID</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n Zeile</numerusform>
            <numerusform>%n Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>Report: %1</source>
        <translation>Bericht: %1</translation>
    </message>
    <message>
        <source>Usage: proofsheet-cli inspect ID, or inspect --db FILE</source>
        <translation>Aufruf: proofsheet-cli inspect ID, oder inspect --db FILE</translation>
    </message>
    <message>
        <source>validate needs --db FILE.</source>
        <translation>validate braucht --db FILE.</translation>
    </message>
    <message numerus="yes">
        <source>%n repair(s)</source>
        <translation>
            <numerusform>%n Reparatur</numerusform>
            <numerusform>%n Reparaturen</numerusform>
        </translation>
    </message>
    <message>
        <source>Usage: proofsheet-cli stats ID, or stats --db FILE</source>
        <translation>Aufruf: proofsheet-cli stats ID, oder stats --db FILE</translation>
    </message>
    <message>
        <source>The project was never worked on, so there is no ledger.</source>
        <translation>An dem Projekt wurde noch nie gearbeitet, deshalb gibt es kein Protokoll.</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(s), head %1</source>
        <translation>
            <numerusform>%n Eintrag, Kopf %1</numerusform>
            <numerusform>%n Einträge, Kopf %1</numerusform>
        </translation>
    </message>
    <message>
        <source>The chain breaks at entry %1.</source>
        <translation>Die Kette bricht bei Eintrag %1.</translation>
    </message>
    <message>
        <source>Changed by another program: %1</source>
        <translation>Von einem anderen Programm geändert: %1</translation>
    </message>
    <message>
        <source>Rows that the ledger never touched are not as it found them.</source>
        <translation>Zeilen, die das Protokoll nie berührt hat, sind nicht mehr so, wie es sie vorfand.</translation>
    </message>
    <message>
        <source>project create needs --images DIR.</source>
        <translation>project create braucht --images DIR.</translation>
    </message>
    <message>
        <source>--time-gap takes a number of minutes.</source>
        <translation>--time-gap erwartet eine Zahl von Minuten.</translation>
    </message>
    <message>
        <source>Project %1 is ready. Its database is %2.</source>
        <translation>Projekt %1 ist bereit. Seine Datenbank ist %2.</translation>
    </message>
    <message numerus="yes">
        <source>%n leftover(s)</source>
        <translation>
            <numerusform>%n Restbild</numerusform>
            <numerusform>%n Restbilder</numerusform>
        </translation>
    </message>
    <message>
        <source>Usage: proofsheet-cli [options] VERB ...</source>
        <translation>Aufruf: proofsheet-cli [options] VERB ...</translation>
    </message>
    <message>
        <source>Options, before or behind the verb:</source>
        <translation>Optionen, vor oder nach dem Verb:</translation>
    </message>
    <message>
        <source>Exit codes: 0 fine, 1 findings or partly failed, 2 usage, 3 damaged data, 4 locked, 5 refused, 70 defect.</source>
        <translation>Rückgabewerte: 0 in Ordnung, 1 Befunde oder teilweise fehlgeschlagen, 2 falscher Aufruf, 3 beschädigte Daten, 4 gesperrt, 5 abgelehnt, 70 Programmfehler.</translation>
    </message>
    <message>
        <source>No such verb. Try --help.</source>
        <translation>Dieses Verb gibt es nicht. Siehe --help.</translation>
    </message>
    <message>
        <source>--%1 does not go with %2.</source>
        <translation>--%1 gehört nicht zu %2.</translation>
    </message>
    <message>
        <source>Usage: proofsheet-cli %1 %2</source>
        <translation>Aufruf: proofsheet-cli %1 %2</translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message>
        <source>Pick, crop and reject images for machine-learning ground truth.</source>
        <translation>Referenzdaten für maschinelles Lernen: Bilder auswählen, zuschneiden, verwerfen.</translation>
    </message>
    <message>
        <source>--print-report needs --to PDF.</source>
        <translation>--print-report braucht --to PDF.</translation>
    </message>
    <message>
        <source>Open the demo project; make it first if need be.</source>
        <translation>Das Demo-Projekt öffnen; falls nötig, zuerst anlegen.</translation>
    </message>
    <message>
        <source>Your name in the ledger (default: the login).</source>
        <translation>Ihr Name im Protokoll (Vorgabe: der Anmeldename).</translation>
    </message>
    <message>
        <source>The workspace to open.</source>
        <translation>Der Arbeitsordner, der geöffnet werden soll.</translation>
    </message>
    <message>
        <source>The project of the workspace.</source>
        <translation>Das Projekt des Arbeitsordners.</translation>
    </message>
    <message>
        <source>dark, light or system, for this run.</source>
        <translation>dark, light oder system, für diesen Start.</translation>
    </message>
    <message>
        <source>en or de, for this run.</source>
        <translation>en oder de, für diesen Start.</translation>
    </message>
    <message>
        <source>Print a report page (HTML) and end.</source>
        <translation>Eine Berichtsseite (HTML) drucken und beenden.</translation>
    </message>
    <message>
        <source>The PDF that --print-report writes.</source>
        <translation>Das PDF, das --print-report schreibt.</translation>
    </message>
    <message>
        <source>Write pictures of the demo&apos;s windows and end.</source>
        <translation>Bilder der Demo-Fenster schreiben und beenden.</translation>
    </message>
    <message>
        <source>A workspace, a folder of images or a decision database.</source>
        <translation>Ein Arbeitsordner, ein Ordner mit Bildern oder eine Entscheidungsdatenbank.</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>%1 was not found.</source>
        <translation>%1 wurde nicht gefunden.</translation>
    </message>
    <message>
        <source>%1 exists already. It was not replaced.</source>
        <translation>%1 gibt es schon. Es wurde nichts ersetzt.</translation>
    </message>
    <message>
        <source>%1 cannot be used as it is. Nothing was changed.</source>
        <translation>%1 lässt sich so nicht verwenden. Es wurde nichts geändert.</translation>
    </message>
    <message>
        <source>%1 is damaged, or is not what it claims to be. It was left as it is.</source>
        <translation>%1 ist beschädigt oder nicht das, was es vorgibt zu sein. Es wurde nichts daran geändert.</translation>
    </message>
    <message>
        <source>%1 is larger than the limit that is set.</source>
        <translation>%1 ist größer als die eingestellte Grenze.</translation>
    </message>
    <message>
        <source>%1 was written by a newer version. It can be viewed, but not changed.</source>
        <translation>%1 wurde von einer neueren Version geschrieben. Ansehen ist möglich, Ändern nicht.</translation>
    </message>
    <message>
        <source>Somebody else is working on it: %1. Try again when they have finished.</source>
        <translation>Jemand anderes arbeitet daran: %1. Versuchen Sie es danach erneut.</translation>
    </message>
    <message>
        <source>%1 cannot be written. What was acknowledged before is safe.</source>
        <translation>%1 kann nicht geschrieben werden. Was zuvor bestätigt wurde, ist sicher.</translation>
    </message>
    <message>
        <source>The disk is full. Nothing was lost; make room and try again. (%1)</source>
        <translation>Der Datenträger ist voll. Es ging nichts verloren; schaffen Sie Platz und versuchen Sie es erneut. (%1)</translation>
    </message>
    <message>
        <source>The disk reported a failure at %1. What was acknowledged before is safe.</source>
        <translation>Der Datenträger meldete einen Fehler bei %1. Was zuvor bestätigt wurde, ist sicher.</translation>
    </message>
    <message>
        <source>This is not allowed here: %1</source>
        <translation>Das ist hier nicht erlaubt: %1</translation>
    </message>
    <message>
        <source>Stopped. What was done so far is kept.</source>
        <translation>Angehalten. Was bis dahin getan war, bleibt erhalten.</translation>
    </message>
    <message>
        <source>%1 took too long and was given up.</source>
        <translation>%1 dauerte zu lange und wurde abgebrochen.</translation>
    </message>
    <message>
        <source>%1 made the decoder crash twice and is not opened again.</source>
        <translation>%1 hat den Decoder zweimal abstürzen lassen und wird nicht mehr geöffnet.</translation>
    </message>
    <message>
        <source>A defect of this program: %1</source>
        <translation>Ein Fehler dieses Programms: %1</translation>
    </message>
    <message>
        <source>%1 is of a kind that this program does not handle: %2</source>
        <translation>%1 ist von einer Art, mit der dieses Programm nicht umgeht: %2</translation>
    </message>
    <message>
        <source>Something was changed meanwhile, so nothing was done: %1</source>
        <translation>Inzwischen wurde etwas geändert, deshalb wurde nichts getan: %1</translation>
    </message>
</context>
<context>
    <name>GroupState</name>
    <message>
        <source>Undecided</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Cropped</source>
        <translation>Zugeschnitten</translation>
    </message>
    <message>
        <source>Crop later</source>
        <translation>Später zuschneiden</translation>
    </message>
    <message>
        <source>Suggested crop accepted</source>
        <translation>Vorschlag angenommen</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Verworfen</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>window, text, files</source>
        <translation>Fenster, Text, Dateien</translation>
    </message>
    <message>
        <source>databases</source>
        <translation>Datenbanken</translation>
    </message>
    <message>
        <source>check sums</source>
        <translation>Prüfsummen</translation>
    </message>
    <message>
        <source>scaling and measures</source>
        <translation>Skalierung und Messwerte</translation>
    </message>
    <message>
        <source>JPEG</source>
        <translation>JPEG</translation>
    </message>
    <message>
        <source>PNG</source>
        <translation>PNG</translation>
    </message>
    <message>
        <source>WebP</source>
        <translation>WebP</translation>
    </message>
    <message>
        <source>TIFF</source>
        <translation>TIFF</translation>
    </message>
    <message>
        <source>colour profiles</source>
        <translation>Farbprofile</translation>
    </message>
    <message>
        <source>sandbox of the workers</source>
        <translation>Sandbox der Hilfsprozesse</translation>
    </message>
    <message>
        <source>check sums of messages</source>
        <translation>Prüfsummen von Nachrichten</translation>
    </message>
    <message>
        <source>errors as values</source>
        <translation>Fehler als Werte</translation>
    </message>
    <message>
        <source>font</source>
        <translation>Schrift</translation>
    </message>
    <message>
        <source>handbook_en.md</source>
        <comment>name of the handbook&apos;s file in this language</comment>
        <translation>handbook_de.md</translation>
    </message>
    <message>
        <source>Handbook</source>
        <translation>Handbuch</translation>
    </message>
    <message>
        <source>Pick, crop and reject images for machine-learning ground truth.</source>
        <translation>Referenzdaten für maschinelles Lernen: Bilder auswählen, zuschneiden, verwerfen.</translation>
    </message>
    <message>
        <source>© 2026 The Proofsheet authors. Free software under the GNU General Public License, version 3 or later; there is no warranty.</source>
        <translation>© 2026 The Proofsheet authors. Freie Software unter der GNU General Public License, Version 3 oder später; ohne jede Gewährleistung.</translation>
    </message>
    <message>
        <source>Built with</source>
        <translation>Erstellt mit</translation>
    </message>
    <message>
        <source>About Proofsheet</source>
        <translation>Über Proofsheet</translation>
    </message>
</context>
<context>
    <name>Inspect</name>
    <message>
        <source>To do</source>
        <translation>Zu tun</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>Reparieren</translation>
    </message>
    <message>
        <source>Decide again</source>
        <translation>Neu entscheiden</translation>
    </message>
    <message>
        <source>Confirm the crop</source>
        <translation>Zuschnitt bestätigen</translation>
    </message>
    <message>
        <source>Bring the file back, or decide again</source>
        <translation>Datei zurückbringen oder neu entscheiden</translation>
    </message>
    <message>
        <source>Open the project for work</source>
        <translation>Projekt zur Arbeit öffnen</translation>
    </message>
    <message>
        <source>Restore a backup</source>
        <translation>Sicherung einspielen</translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <source>Start of the ledger</source>
        <translation>Beginn des Protokolls</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>Crop confirmed</source>
        <translation>Zuschnitt bestätigt</translation>
    </message>
    <message>
        <source>Set split</source>
        <translation>Serie aufgeteilt</translation>
    </message>
    <message>
        <source>Finalize</source>
        <translation>Abschließen</translation>
    </message>
    <message>
        <source>Moves taken back</source>
        <translation>Verschiebungen zurückgenommen</translation>
    </message>
    <message>
        <source>Staged files restored</source>
        <translation>Abgelegte Dateien zurückgeholt</translation>
    </message>
    <message>
        <source>Staged files deleted</source>
        <translation>Abgelegte Dateien gelöscht</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>Reparieren</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>Rückgängig gemacht</translation>
    </message>
    <message>
        <source>Done again</source>
        <translation>Wiederholt</translation>
    </message>
    <message>
        <source>Changed by another program</source>
        <translation>Von anderem Programm geändert</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>behalten</translation>
    </message>
    <message>
        <source>crop</source>
        <translation>Zuschnitt</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>verworfen</translation>
    </message>
</context>
<context>
    <name>ps::ActivityView</name>
    <message>
        <source>History</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>Ablage</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Annotator</source>
        <translation>Bearbeiter/in</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Show older entries</source>
        <translation>Ältere Einträge zeigen</translation>
    </message>
    <message>
        <source>Restore all</source>
        <translation>Alle zurückholen</translation>
    </message>
    <message>
        <source>Delete for good...</source>
        <translation>Endgültig löschen...</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Came from</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Staged files</source>
        <translation>Abgelegte Dateien</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) wait here, %1. Nothing is deleted until you say so.</source>
        <translation>
            <numerusform>%n Datei wartet hier, %1. Gelöscht wird erst, wenn Sie es sagen.</numerusform>
            <numerusform>%n Dateien warten hier, %1. Gelöscht wird erst, wenn Sie es sagen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more file(s) in the folder are not of this project.</source>
        <translation>
            <numerusform>%n weitere Datei im Ordner gehört nicht zu diesem Projekt.</numerusform>
            <numerusform>%n weitere Dateien im Ordner gehören nicht zu diesem Projekt.</numerusform>
        </translation>
    </message>
    <message>
        <source>The first %1 are listed.</source>
        <translation>Die ersten %1 sind aufgelistet.</translation>
    </message>
    <message>
        <source>Nothing is staged.</source>
        <translation>Die Ablage ist leer.</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>Delete staged files</source>
        <translation>Abgelegte Dateien löschen</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n staged file(s) for good?</source>
        <translation>
            <numerusform>%n abgelegte Datei endgültig löschen?</numerusform>
            <numerusform>%n abgelegte Dateien endgültig löschen?</numerusform>
        </translation>
    </message>
    <message>
        <source>They cannot be brought back, and the finalize that staged them cannot be undone any more. The database is backed up first.</source>
        <translation>Sie lassen sich nicht zurückholen, und das Abschließen, das sie abgelegt hat, lässt sich nicht mehr rückgängig machen. Die Datenbank wird vorher gesichert.</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Endgültig löschen</translation>
    </message>
    <message>
        <source>working</source>
        <translation>in Arbeit</translation>
    </message>
    <message>
        <source>preparing</source>
        <translation>in Vorbereitung</translation>
    </message>
    <message>
        <source>viewing only</source>
        <translation>nur Ansicht</translation>
    </message>
    <message>
        <source>Project: %1, %2</source>
        <translation>Projekt: %1, %2</translation>
    </message>
    <message>
        <source>Journal: %1. A tick appears only after the commit is on the disk.</source>
        <translation>Journal: %1. Ein Haken erscheint erst, wenn die Änderung sicher auf dem Datenträger ist.</translation>
    </message>
    <message>
        <source>Last verified backup: %1</source>
        <translation>Letzte überprüfte Sicherung: %1</translation>
    </message>
    <message>
        <source>Last verified backup: not in this session</source>
        <translation>Letzte überprüfte Sicherung: nicht in dieser Sitzung</translation>
    </message>
    <message>
        <source>SQLite %1.%2.%3</source>
        <translation>SQLite %1.%2.%3</translation>
    </message>
    <message>
        <source>has the WAL-reset race; while other programs have the database open, the safer journal is used</source>
        <translation>mit bekanntem WAL-Reset-Fehler; solange andere Programme die Datenbank geöffnet haben, wird das sicherere Journal verwendet</translation>
    </message>
    <message>
        <source>Worker processes: %1 of %2 alive, %3 restarted, %4 files set aside</source>
        <translation>Hilfsprozesse: %1 von %2 laufen, %3 neu gestartet, ausgesonderte Dateien: %4</translation>
    </message>
    <message>
        <source>Sandbox: %1</source>
        <translation>Sandbox: %1</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>nicht gestartet</translation>
    </message>
</context>
<context>
    <name>ps::Banner</name>
    <message>
        <source>Copy details</source>
        <translation>Details kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>ps::BrowseView</name>
    <message>
        <source>Contact sheet</source>
        <translation>Kontaktbogen</translation>
    </message>
    <message>
        <source>There are no images here yet.</source>
        <translation>Hier gibt es noch keine Bilder.</translation>
    </message>
</context>
<context>
    <name>ps::ChooseProjectDialog</name>
    <message>
        <source>Open a project</source>
        <translation>Projekt öffnen</translation>
    </message>
    <message>
        <source>Projects of %1</source>
        <translation>Projekte von %1</translation>
    </message>
    <message>
        <source>Projects</source>
        <translation>Projekte</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
</context>
<context>
    <name>ps::CropCanvas</name>
    <message>
        <source>Crop editor</source>
        <translation>Zuschnitt-Editor</translation>
    </message>
    <message>
        <source>Loading...</source>
        <translation>Wird geladen...</translation>
    </message>
</context>
<context>
    <name>ps::CropEditor</name>
    <message>
        <source>Draw the crop first, or press %1 to keep the whole picture.</source>
        <translation>Zeichnen Sie zuerst den Zuschnitt, oder drücken Sie %1, um das ganze Bild zu behalten.</translation>
    </message>
</context>
<context>
    <name>ps::CropPanel</name>
    <message>
        <source>Crop</source>
        <translation>Zuschnitt</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>Oben</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>Ratio</source>
        <translation>Seitenverhältnis</translation>
    </message>
    <message>
        <source>Confirm crop</source>
        <translation>Zuschnitt bestätigen</translation>
    </message>
    <message>
        <source>Crop later</source>
        <translation>Später zuschneiden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>As the image</source>
        <translation>Wie das Bild</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Frei</translation>
    </message>
    <message>
        <source>A side is shorter than %1 pixels.</source>
        <translation>Eine Seite ist kürzer als %1 Pixel.</translation>
    </message>
    <message>
        <source>This is the whole picture. It is stored as kept without crop.</source>
        <translation>Das ist das ganze Bild. Es wird als behalten ohne Zuschnitt gespeichert.</translation>
    </message>
    <message>
        <source>A bar of one colour lies along the edge.</source>
        <translation>Am Rand liegt ein einfarbiger Balken.</translation>
    </message>
    <message>
        <source>%1 % of the picture</source>
        <translation>%1 % des Bildes</translation>
    </message>
</context>
<context>
    <name>ps::CropView</name>
    <message>
        <source>No crop is open.
Pictures that are kept with &quot;crop later&quot;, and accepted suggestions, wait here.</source>
        <translation>Kein Zuschnitt ist offen.
Hier warten Bilder, die mit „Später zuschneiden“ behalten wurden, und angenommene Vorschläge.</translation>
    </message>
    <message>
        <source>Crop queue</source>
        <translation>Offene Zuschnitte</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) in the queue</source>
        <translation>
            <numerusform>%n Bild wartet</numerusform>
            <numerusform>%n Bilder warten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ps::DemoPictures</name>
    <message>
        <source>The folder %1 cannot be made.</source>
        <translation>Der Ordner %1 lässt sich nicht anlegen.</translation>
    </message>
    <message>
        <source>The picture &quot;%1&quot; did not become ready.</source>
        <translation>Das Bild „%1“ wurde nicht fertig.</translation>
    </message>
    <message>
        <source>%1 cannot be written.</source>
        <translation>%1 kann nicht geschrieben werden.</translation>
    </message>
</context>
<context>
    <name>ps::FinalizeDialog</name>
    <message>
        <source>Finalize</source>
        <translation>Abschließen</translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) will be carried out on disk.</source>
        <translation>
            <numerusform>%n Gruppe wird auf dem Datenträger umgesetzt.</numerusform>
            <numerusform>%n Gruppen werden auf dem Datenträger umgesetzt.</numerusform>
        </translation>
    </message>
    <message>
        <source>There is nothing to carry out.</source>
        <translation>Es gibt nichts umzusetzen.</translation>
    </message>
    <message>
        <source>kept as they are</source>
        <translation>unverändert behalten</translation>
    </message>
    <message>
        <source>cropped, each cut verified</source>
        <translation>zugeschnitten, jeder Schnitt überprüft</translation>
    </message>
    <message>
        <source>kept with the suggested crop</source>
        <translation>mit vorgeschlagenem Zuschnitt behalten</translation>
    </message>
    <message>
        <source>to be cropped later</source>
        <translation>später zuzuschneiden</translation>
    </message>
    <message>
        <source>rejected groups</source>
        <translation>verworfene Gruppen</translation>
    </message>
    <message>
        <source>images that were not kept</source>
        <translation>nicht behaltene Bilder</translation>
    </message>
    <message>
        <source>companion files, with their images</source>
        <translation>Begleitdateien, mit ihren Bildern</translation>
    </message>
    <message>
        <source>sidecars written</source>
        <translation>geschriebene Sidecar-Dateien</translation>
    </message>
    <message>
        <source>undecided groups stay untouched</source>
        <translation>offene Gruppen bleiben unberührt</translation>
    </message>
    <message>
        <source>groups were finalized before</source>
        <translation>Gruppen wurden früher abgeschlossen</translation>
    </message>
    <message>
        <source>Nothing is overwritten and nothing is deleted. One undo takes all of it back, until the staged files are purged.</source>
        <translation>Es wird nichts überschrieben und nichts gelöscht. Ein einziges Rückgängig nimmt alles zurück, bis die abgelegten Dateien endgültig gelöscht werden.</translation>
    </message>
    <message numerus="yes">
        <source>△ %n group(s) are left out:</source>
        <translation>
            <numerusform>△ %n Gruppe wird ausgelassen:</numerusform>
            <numerusform>△ %n Gruppen werden ausgelassen:</numerusform>
        </translation>
    </message>
    <message>
        <source>Groups that are left out</source>
        <translation>Ausgelassene Gruppen</translation>
    </message>
</context>
<context>
    <name>ps::FindBox</name>
    <message>
        <source>Name of a file, group key or group id</source>
        <translation>Dateiname, Gruppenschlüssel oder Gruppen-ID</translation>
    </message>
    <message>
        <source>Find a group</source>
        <translation>Gruppe suchen</translation>
    </message>
    <message>
        <source>△ Nothing found</source>
        <translation>△ Nichts gefunden</translation>
    </message>
</context>
<context>
    <name>ps::FindingsModel</name>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>row %L1</source>
        <translation>Zeile %L1</translation>
    </message>
    <message>
        <source>Check and group</source>
        <translation>Prüfung und Gruppe</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Gefunden</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Beleg</translation>
    </message>
    <message>
        <source>What helps</source>
        <translation>Abhilfe</translation>
    </message>
    <message>
        <source>... and %L1 more that the report does not list</source>
        <translation>... und %L1 weitere, die der Bericht nicht auflistet</translation>
    </message>
</context>
<context>
    <name>ps::GroupStrip</name>
    <message>
        <source>Group strip</source>
        <translation>Gruppenstreifen</translation>
    </message>
</context>
<context>
    <name>ps::InspectView</name>
    <message>
        <source>Inspect again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Repair...</source>
        <translation>Reparieren...</translation>
    </message>
    <message>
        <source>Save report as...</source>
        <translation>Bericht speichern...</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Cropped</source>
        <translation>Zugeschnitten</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Verworfen</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>Warnungen</translation>
    </message>
    <message>
        <source>Open crops</source>
        <translation>Offene Zuschnitte</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>Not inspected yet</source>
        <translation>Noch nicht geprüft</translation>
    </message>
    <message>
        <source>Some decisions need a look</source>
        <translation>Einige Entscheidungen sollten Sie ansehen</translation>
    </message>
    <message>
        <source>No warnings and no errors</source>
        <translation>Keine Warnungen, keine Fehler</translation>
    </message>
    <message>
        <source>Report: %1</source>
        <translation>Bericht: %1</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>Reparieren</translation>
    </message>
    <message numerus="yes">
        <source>%n value(s) follow from others and can be repaired. It is one undo step.</source>
        <translation>
            <numerusform>%n Wert folgt aus anderen und kann repariert werden. Das ist ein Schritt, der sich rückgängig machen lässt.</numerusform>
            <numerusform>%n Werte folgen aus anderen und können repariert werden. Das ist ein Schritt, der sich rückgängig machen lässt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Save report as</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>Page (*.html);;JSON (*.json)</source>
        <translation>HTML-Seite (*.html);;JSON (*.json)</translation>
    </message>
    <message>
        <source>Copy evidence</source>
        <translation>Beleg kopieren</translation>
    </message>
    <message>
        <source>The data has changed since. This report is older.</source>
        <translation>Die Daten haben sich seither geändert. Dieser Bericht ist älter.</translation>
    </message>
</context>
<context>
    <name>ps::InspectorPanel</name>
    <message>
        <source>Stage</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>Tiefe</translation>
    </message>
    <message>
        <source>%1 bit</source>
        <translation>%1 Bit</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>Upright</source>
        <translation>Lage</translation>
    </message>
    <message>
        <source>turned</source>
        <translation>gedreht</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Unterschiede</translation>
    </message>
    <message>
        <source>Suggestion</source>
        <translation>Vorschlag</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>%L1 of %L2</source>
        <translation>%L1 von %L2</translation>
    </message>
    <message numerus="yes">
        <source>group of %n</source>
        <translation>
            <numerusform>Gruppe mit %n Bild</numerusform>
            <numerusform>Gruppe mit %n Bildern</numerusform>
        </translation>
    </message>
    <message>
        <source>single image</source>
        <translation>einzelnes Bild</translation>
    </message>
    <message numerus="yes">
        <source>set of %n, split it first</source>
        <translation>
            <numerusform>Serie mit %n Bild, zuerst aufteilen</numerusform>
            <numerusform>Serie mit %n Bildern, zuerst aufteilen</numerusform>
        </translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>The files do not differ in size, format or depth.</source>
        <translation>Die Dateien unterscheiden sich nicht in Größe, Format oder Farbtiefe.</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Konfidenz</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>Zuschnitt</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>, finalized</source>
        <translation>, abgeschlossen</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>Entschieden</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Because</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>proposed, shown</source>
        <translation>vorgeschlagen, sichtbar</translation>
    </message>
    <message>
        <source>proposed, hidden</source>
        <translation>vorgeschlagen, ausgeblendet</translation>
    </message>
</context>
<context>
    <name>ps::KeyMap</name>
    <message>
        <source>Key map</source>
        <translation>Tastenbelegung</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Entscheiden</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Crop editor</source>
        <translation>Zuschnitt-Editor</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>Pfeile</translation>
    </message>
    <message>
        <source>Crop editor: move by a pixel, with Shift by ten</source>
        <translation>Zuschnitt: um ein Pixel schieben, mit Umschalt um zehn</translation>
    </message>
    <message>
        <source>Ctrl+Arrows</source>
        <translation>Strg+Pfeile</translation>
    </message>
    <message>
        <source>Crop editor: resize</source>
        <translation>Zuschnitt: Größe ändern</translation>
    </message>
</context>
<context>
    <name>ps::KeysPage</name>
    <message>
        <source>Default</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>Aktionen und ihre Tasten</translation>
    </message>
    <message>
        <source>&amp;Key:</source>
        <translation>&amp;Taste:</translation>
    </message>
    <message>
        <source>Default for all</source>
        <translation>Standard für alle</translation>
    </message>
    <message>
        <source>△ One key only, please: a second one would have to be waited for.</source>
        <translation>△ Bitte nur eine Taste: Auf eine zweite müsste gewartet werden.</translation>
    </message>
    <message>
        <source>△ %1 already belongs to &quot;%2&quot;. Give that another key first.</source>
        <translation>△ %1 gehört schon zu „%2“. Geben Sie dort zuerst eine andere Taste an.</translation>
    </message>
    <message>
        <source>✓ Changed.</source>
        <translation>✓ Geändert.</translation>
    </message>
    <message>
        <source>✓ All keys are the default ones.</source>
        <translation>✓ Alle Tasten sind auf Standard.</translation>
    </message>
</context>
<context>
    <name>ps::LightTable</name>
    <message>
        <source>Light table</source>
        <translation>Leuchttisch</translation>
    </message>
    <message>
        <source>Loading...</source>
        <translation>Wird geladen...</translation>
    </message>
    <message>
        <source>The file is missing.</source>
        <translation>Die Datei fehlt.</translation>
    </message>
    <message>
        <source>suggested</source>
        <translation>Vorschlag</translation>
    </message>
</context>
<context>
    <name>ps::MainWindow</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>&amp;Decide</source>
        <translation>&amp;Entscheiden</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Finalize</source>
        <translation>Abschließen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>%1 belongs to no project, so this is only its inspection. To work on it, put it into data/training/ai_training_decisions/ of a workspace that has a project of the same name.</source>
        <translation>%1 gehört zu keinem Projekt, deshalb sehen Sie hier nur die Prüfung. Um damit zu arbeiten, legen Sie die Datei in data/training/ai_training_decisions/ eines Arbeitsordners, der ein Projekt gleichen Namens hat.</translation>
    </message>
    <message>
        <source>The report was saved as %1.</source>
        <translation>Der Bericht wurde als %1 gespeichert.</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) repaired.</source>
        <translation>
            <numerusform>%n Zeile repariert.</numerusform>
            <numerusform>%n Zeilen repariert.</numerusform>
        </translation>
    </message>
    <message>
        <source>✓ Every group is decided.</source>
        <translation>✓ Alle Gruppen sind entschieden.</translation>
    </message>
    <message>
        <source>Finalize...</source>
        <translation>Abschließen...</translation>
    </message>
    <message>
        <source>%1 - Proofsheet</source>
        <translation>%1 - Proofsheet</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Undone: %1</source>
        <translation>Rückgängig gemacht: %1</translation>
    </message>
    <message>
        <source>Done again: %1</source>
        <translation>Wiederholt: %1</translation>
    </message>
    <message numerus="yes">
        <source>△ %n group(s) could not be moved and wait for the next start: %1</source>
        <translation>
            <numerusform>△ %n Gruppe konnte nicht verschoben werden und wartet auf den nächsten Start: %1</numerusform>
            <numerusform>△ %n Gruppen konnten nicht verschoben werden und warten auf den nächsten Start: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>✓ %n group(s) finalized.</source>
        <translation>
            <numerusform>✓ %n Gruppe abgeschlossen.</numerusform>
            <numerusform>✓ %n Gruppen abgeschlossen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>△ %n group(s) could not be carried out and are as before. The first: %1</source>
        <translation>
            <numerusform>△ %n Gruppe konnte nicht umgesetzt werden und ist wie zuvor: %1</numerusform>
            <numerusform>△ %n Gruppen konnten nicht umgesetzt werden und sind wie zuvor. Die erste: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Open a workspace or a folder of images</source>
        <translation>Arbeitsordner oder Ordner mit Bildern öffnen</translation>
    </message>
    <message>
        <source>Open a decision database</source>
        <translation>Entscheidungsdatenbank öffnen</translation>
    </message>
    <message>
        <source>Decision databases (*.db);;All files (*)</source>
        <translation>Entscheidungsdatenbanken (*.db);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>ps::NewProjectDialog</name>
    <message>
        <source>New project</source>
        <translation>Neues Projekt</translation>
    </message>
    <message>
        <source>&amp;Images</source>
        <translation>&amp;Bilder</translation>
    </message>
    <message>
        <source>Choose the folder of images</source>
        <translation>Ordner mit den Bildern wählen</translation>
    </message>
    <message>
        <source>&amp;Workspace</source>
        <translation>&amp;Arbeitsordner</translation>
    </message>
    <message>
        <source>Choose the workspace</source>
        <translation>Arbeitsordner wählen</translation>
    </message>
    <message>
        <source>&amp;Project id</source>
        <translation>&amp;Projekt-ID</translation>
    </message>
    <message>
        <source>Make the project</source>
        <translation>Projekt anlegen</translation>
    </message>
    <message>
        <source>A project id consists of letters, digits, _ and -.</source>
        <translation>Eine Projekt-ID besteht aus Buchstaben, Ziffern, _ und -.</translation>
    </message>
    <message>
        <source>Choose the folder of images, and the workspace in which the project&apos;s files will be.</source>
        <translation>Wählen Sie den Ordner mit den Bildern und den Arbeitsordner, in dem die Dateien des Projekts liegen sollen.</translation>
    </message>
    <message>
        <source>Decisions go to:
%1

The images stay where they are until you finalize. Then they move into folders whose names begin with two underscores, as __selected and __delete_staging, and one undo brings them back.</source>
        <translation>Entscheidungen stehen in:
%1

Die Bilder bleiben, wo sie sind, bis Sie abschließen. Dann kommen sie in Ordner, deren Namen mit zwei Unterstrichen beginnen, wie __selected und __delete_staging; ein einziges Rückgängig bringt sie zurück.</translation>
    </message>
</context>
<context>
    <name>ps::ProjectController</name>
    <message>
        <source>Opening %1</source>
        <translation>%1 wird geöffnet</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) found</source>
        <translation>
            <numerusform>%n Bild gefunden</numerusform>
            <numerusform>%n Bilder gefunden</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking for new images</source>
        <translation>Suche nach neuen Bildern</translation>
    </message>
    <message>
        <source>Splitting the set</source>
        <translation>Serie wird aufgeteilt</translation>
    </message>
    <message>
        <source>Undoing</source>
        <translation>Wird rückgängig gemacht</translation>
    </message>
    <message>
        <source>Redoing</source>
        <translation>Wird wiederholt</translation>
    </message>
    <message>
        <source>Inspecting</source>
        <translation>Prüfung läuft</translation>
    </message>
    <message>
        <source>Working out what would move</source>
        <translation>Verschiebungen werden ermittelt</translation>
    </message>
    <message>
        <source>Finalizing, %1 of %2 groups</source>
        <translation>Abschließen, %1 von %2 Gruppen</translation>
    </message>
    <message>
        <source>Finalizing</source>
        <translation>Abschließen läuft</translation>
    </message>
    <message>
        <source>Working out what can be repaired</source>
        <translation>Reparaturen werden ermittelt</translation>
    </message>
    <message>
        <source>Repairing</source>
        <translation>Reparatur läuft</translation>
    </message>
    <message>
        <source>Restoring staged files</source>
        <translation>Abgelegte Dateien werden zurückgeholt</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) restored</source>
        <translation>
            <numerusform>%n Datei zurückgeholt</numerusform>
            <numerusform>%n Dateien zurückgeholt</numerusform>
        </translation>
    </message>
    <message>
        <source>Deleting staged files</source>
        <translation>Abgelegte Dateien werden gelöscht</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) deleted</source>
        <translation>
            <numerusform>%n Datei gelöscht</numerusform>
            <numerusform>%n Dateien gelöscht</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n refused</source>
        <translation>
            <numerusform>%n abgelehnt</numerusform>
            <numerusform>%n abgelehnt</numerusform>
        </translation>
    </message>
    <message>
        <source>Taking back the files of the group</source>
        <translation>Dateien der Gruppe werden zurückgeholt</translation>
    </message>
    <message>
        <source>Storing the crop</source>
        <translation>Zuschnitt wird gespeichert</translation>
    </message>
</context>
<context>
    <name>ps::ProjectOpening</name>
    <message>
        <source>Looking at %1</source>
        <translation>%1 wird untersucht</translation>
    </message>
    <message>
        <source>Making the project %1</source>
        <translation>Projekt %1 wird angelegt</translation>
    </message>
    <message>
        <source>Opening the demo</source>
        <translation>Demo wird geöffnet</translation>
    </message>
    <message>
        <source>Making the demo from real photographs: %1 of %2 images</source>
        <translation>Demo aus echten Fotos wird angelegt: %1 von %2 Bildern</translation>
    </message>
</context>
<context>
    <name>ps::ProjectPropertiesDialog</name>
    <message>
        <source>A group never spans two folders</source>
        <translation>Eine Gruppe umfasst nie zwei Ordner</translation>
    </message>
    <message>
        <source>A pause begins a new group, in minutes:</source>
        <translation>Neue Gruppe nach einer Pause (in Minuten):</translation>
    </message>
    <message>
        <source>Archived: finished work</source>
        <translation>Archiviert: fertige Arbeit</translation>
    </message>
    <message>
        <source>Project properties</source>
        <translation>Projekteigenschaften</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Titel</translation>
    </message>
    <message>
        <source>Project id</source>
        <translation>Projekt-ID</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Arbeitsordner</translation>
    </message>
    <message>
        <source>Pause in minutes</source>
        <translation>Pause in Minuten</translation>
    </message>
    <message>
        <source>Groups with a decision stay as they are, whatever is changed here.</source>
        <translation>Gruppen mit einer Entscheidung bleiben, wie sie sind, was auch immer hier geändert wird.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
</context>
<context>
    <name>ps::ReviewView</name>
    <message>
        <source>This group is not in the list: its row belongs to no images of this project.</source>
        <translation>Diese Gruppe steht nicht in der Liste: Zu ihrer Zeile gehören keine Bilder dieses Projekts.</translation>
    </message>
    <message numerus="yes">
        <source>This set has %n image(s). Press %1 to split it into groups of at most four.</source>
        <translation>
            <numerusform>Diese Serie hat %n Bild. %1 teilt sie in Gruppen von höchstens vier auf.</numerusform>
            <numerusform>Diese Serie hat %n Bilder. %1 teilt sie in Gruppen von höchstens vier auf.</numerusform>
        </translation>
    </message>
    <message>
        <source>Viewing only: nothing can be decided.</source>
        <translation>Nur Ansicht: Entscheidungen sind nicht möglich.</translation>
    </message>
    <message>
        <source>One moment: the pictures are not all shown yet.</source>
        <translation>Einen Moment: Noch sind nicht alle Bilder zu sehen.</translation>
    </message>
    <message>
        <source>There are no images here yet. Put some into the project&apos;s folder and press %1.</source>
        <translation>Hier sind noch keine Bilder. Legen Sie welche in den Ordner des Projekts, und drücken Sie %1.</translation>
    </message>
</context>
<context>
    <name>ps::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>&amp;Your name</source>
        <translation>&amp;Ihr Name</translation>
    </message>
    <message>
        <source>The name is recorded with each decision. It counts from the next project that is opened.</source>
        <translation>Der Name wird mit jeder Entscheidung gespeichert. Er gilt ab dem nächsten Öffnen eines Projekts.</translation>
    </message>
    <message>
        <source>The language changes at the next start of the program.</source>
        <translation>Die Sprache wechselt beim nächsten Start des Programms.</translation>
    </message>
</context>
<context>
    <name>ps::StartPage</name>
    <message>
        <source>Pick, crop and reject images for machine-learning ground truth.</source>
        <translation>Referenzdaten für maschinelles Lernen: Bilder auswählen, zuschneiden, verwerfen.</translation>
    </message>
    <message>
        <source>A folder or a database can also be dropped on this window.</source>
        <translation>Sie können auch einen Ordner oder eine Datenbank auf dieses Fenster ziehen.</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>Letzte Projekte</translation>
    </message>
    <message>
        <source>%1   %2 % decided   %3</source>
        <translation>%1   %2 % entschieden   %3</translation>
    </message>
    <message>
        <source>Remove from this list</source>
        <translation>Aus dieser Liste entfernen</translation>
    </message>
</context>
<context>
    <name>ps::StatusLine</name>
    <message>
        <source>Stop at the next safe place</source>
        <translation>An der nächsten sicheren Stelle anhalten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>△ Viewing only</source>
        <translation>△ Nur Ansicht</translation>
    </message>
    <message>
        <source>○ Backing up before work starts</source>
        <translation>○ Sicherung vor Arbeitsbeginn</translation>
    </message>
    <message numerus="yes">
        <source>○ Saving %n decision(s)</source>
        <translation>
            <numerusform>○ %n Entscheidung wird gespeichert</numerusform>
            <numerusform>○ %n Entscheidungen werden gespeichert</numerusform>
        </translation>
    </message>
    <message>
        <source>✓ All saved</source>
        <translation>✓ Alles gespeichert</translation>
    </message>
    <message>
        <source>Journal: %1</source>
        <translation>Journal: %1</translation>
    </message>
    <message>
        <source>%1 of %2 decided</source>
        <translation>%1 von %2 entschieden</translation>
    </message>
    <message>
        <source>%1 an hour</source>
        <translation>%1 pro Stunde</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) left</source>
        <translation>
            <numerusform>noch %n Minute</numerusform>
            <numerusform>noch %n Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 h left</source>
        <translation>noch %1 h</translation>
    </message>
    <message>
        <source>Workers busy</source>
        <translation>Hilfsprozesse aktiv</translation>
    </message>
    <message>
        <source>Workers ready</source>
        <translation>Hilfsprozesse bereit</translation>
    </message>
    <message>
        <source>△ Workers restarting</source>
        <translation>△ Hilfsprozesse starten neu</translation>
    </message>
    <message>
        <source>%1 of %2 worker processes, %3 restarted, %4 files set aside.
Sandbox: %5</source>
        <translation>%1 von %2 Hilfsprozessen, %3 neu gestartet, ausgesonderte Dateien: %4.
Sandbox: %5</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>nicht gestartet</translation>
    </message>
    <message numerus="yes">
        <source>△ %n decision(s) not saved</source>
        <translation>
            <numerusform>△ %n Entscheidung nicht gespeichert</numerusform>
            <numerusform>△ %n Entscheidungen nicht gespeichert</numerusform>
        </translation>
    </message>
</context>
</TS>
