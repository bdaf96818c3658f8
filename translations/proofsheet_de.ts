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
        <source>Lock zoo&amp;m together</source>
        <translation>Ge&amp;meinsam zoomen</translation>
    </message>
    <message>
        <source>Zoom and move all pictures together, or only the focused one.</source>
        <translation>Alle Bilder gemeinsam zoomen und verschieben, oder nur das fokussierte.</translation>
    </message>
    <message>
        <source>Sho&amp;w suggestion</source>
        <translation>Vor&amp;schlag zeigen</translation>
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
    <message>
        <source>&amp;200 %</source>
        <translation>&amp;200 %</translation>
    </message>
    <message>
        <source>Two pixels of the screen for one of the image.</source>
        <translation>Zwei Bildschirmpixel je Bildpixel.</translation>
    </message>
    <message>
        <source>Fi&amp;ll</source>
        <translation>A&amp;usfüllen</translation>
    </message>
    <message>
        <source>Fill the panes; what is longer is cut off.</source>
        <translation>Die Felder füllen; was übersteht, wird abgeschnitten.</translation>
    </message>
    <message>
        <source>Zoom to t&amp;he crop</source>
        <translation>&amp;Auf Zuschnitt zoomen</translation>
    </message>
    <message>
        <source>Show the final or suggested crop as large as it goes.</source>
        <translation>Den endgültigen oder vorgeschlagenen Zuschnitt so groß wie möglich zeigen.</translation>
    </message>
    <message>
        <source>&amp;Keep zoom when moving on</source>
        <translation>Ve&amp;rgrößerung beibehalten</translation>
    </message>
    <message>
        <source>Show the next group at the same place; otherwise whole. Going back restores the place of a group.</source>
        <translation>Die nächste Gruppe an derselben Stelle zeigen, sonst ganz. Beim Zurückgehen erscheint die frühere Stelle wieder.</translation>
    </message>
    <message>
        <source>Lock this pictur&amp;e</source>
        <translation>Dieses Bild mitzoome&amp;n</translation>
    </message>
    <message>
        <source>Let the focused picture zoom with the others, or by itself.</source>
        <translation>Das gerahmte Bild mit den anderen zoomen oder für sich.</translation>
    </message>
    <message>
        <source>Line up a&amp;gain</source>
        <translation>Versatz auf&amp;heben</translation>
    </message>
    <message>
        <source>Take back what was moved with Shift.</source>
        <translation>Zurücknehmen, was mit Umschalt verschoben wurde.</translation>
    </message>
    <message>
        <source>&amp;Two at a time</source>
        <translation>&amp;Je zwei</translation>
    </message>
    <message>
        <source>The champion on the left, its challengers in turn on the right.</source>
        <translation>Links der Favorit, rechts nacheinander seine Herausforderer.</translation>
    </message>
    <message>
        <source>&amp;Crown</source>
        <translation>Zum &amp;Favoriten machen</translation>
    </message>
    <message>
        <source>Make the focused picture the champion; the next challenger comes.</source>
        <translation>Das gerahmte Bild zum Favoriten machen; der nächste Herausforderer kommt.</translation>
    </message>
    <message>
        <source>&amp;Blink</source>
        <translation>&amp;Blinken</translation>
    </message>
    <message>
        <source>While held: show champion and challenger in turn at the same place.</source>
        <translation>Solange gehalten: Favorit und Herausforderer abwechselnd an derselben Stelle zeigen.</translation>
    </message>
    <message>
        <source>&amp;Swipe</source>
        <translation>&amp;Trennlinie</translation>
    </message>
    <message>
        <source>Divide the focused picture: left of the line is the champion.</source>
        <translation>Das gerahmte Bild teilen: Links der Linie ist der Favorit.</translation>
    </message>
    <message>
        <source>&amp;Difference</source>
        <translation>&amp;Unterschiede</translation>
    </message>
    <message>
        <source>Show where and how much the focused picture differs from the champion.</source>
        <translation>Zeigen, wo und wie stark das gerahmte Bild vom Favoriten abweicht.</translation>
    </message>
    <message>
        <source>Divider left, or weaker</source>
        <translation>Trennlinie nach links, oder schwächer</translation>
    </message>
    <message>
        <source>Move the divider to the left, or weaken the difference.</source>
        <translation>Die Trennlinie nach links schieben oder die Unterschiede abschwächen.</translation>
    </message>
    <message>
        <source>Divider right, or stronger</source>
        <translation>Trennlinie nach rechts, oder stärker</translation>
    </message>
    <message>
        <source>Move the divider to the right, or strengthen the difference.</source>
        <translation>Die Trennlinie nach rechts schieben oder die Unterschiede verstärken.</translation>
    </message>
    <message>
        <source>Focus &amp;peaking</source>
        <translation>&amp;Schärfe</translation>
    </message>
    <message>
        <source>Mark sharp edges.</source>
        <translation>Scharfe Kanten markieren.</translation>
    </message>
    <message>
        <source>C&amp;lipping</source>
        <translation>Ton&amp;wertbeschnitt</translation>
    </message>
    <message>
        <source>Mark blown highlights and blocked shadows.</source>
        <translation>Ausgefressene Lichter und zugelaufene Schatten markieren.</translation>
    </message>
    <message>
        <source>&amp;Histogram</source>
        <translation>&amp;Histogramm</translation>
    </message>
    <message>
        <source>Show the tones of every picture.</source>
        <translation>Die Tonwerte jedes Bildes zeigen.</translation>
    </message>
    <message>
        <source>&amp;Only what differs</source>
        <translation>Nur &amp;abweichende Angaben</translation>
    </message>
    <message>
        <source>List only the facts in which the pictures differ, or all of them.</source>
        <translation>Nur die Angaben zeigen, in denen sich die Bilder unterscheiden, oder alle.</translation>
    </message>
    <message>
        <source>Second &amp;window</source>
        <translation>&amp;Zweites Fenster</translation>
    </message>
    <message>
        <source>A loupe or the champion in a window for another screen.</source>
        <translation>Eine Lupe oder der Favorit in einem Fenster für einen weiteren Bildschirm.</translation>
    </message>
    <message>
        <source>Keep the focused picture as shown</source>
        <translation>Gerahmtes Bild wie gezeigt behalten</translation>
    </message>
    <message>
        <source>Keep the picture that has the frame; a visible suggested crop is accepted.</source>
        <translation>Das gerahmte Bild behalten; ein sichtbarer vorgeschlagener Zuschnitt wird angenommen.</translation>
    </message>
    <message>
        <source>Keep picture 1 with the transferred crop</source>
        <translation>Bild 1 mit übernommenem Zuschnitt</translation>
    </message>
    <message>
        <source>Keep this picture with the crop that was drawn on another one of the group.</source>
        <translation>Dieses Bild mit dem Zuschnitt behalten, der auf einem anderen der Gruppe gezogen wurde.</translation>
    </message>
    <message>
        <source>Keep picture 2 with the transferred crop</source>
        <translation>Bild 2 mit übernommenem Zuschnitt</translation>
    </message>
    <message>
        <source>Keep picture 3 with the transferred crop</source>
        <translation>Bild 3 mit übernommenem Zuschnitt</translation>
    </message>
    <message>
        <source>Keep picture 4 with the transferred crop</source>
        <translation>Bild 4 mit übernommenem Zuschnitt</translation>
    </message>
    <message>
        <source>&amp;Tie</source>
        <translation>&amp;Gleichstand</translation>
    </message>
    <message>
        <source>All pictures of the group are equally good; none is chosen.</source>
        <translation>Alle Bilder der Gruppe sind gleich gut; keines wird gewählt.</translation>
    </message>
    <message>
        <source>Cannot &amp;judge</source>
        <translation>&amp;Nicht zu beurteilen</translation>
    </message>
    <message>
        <source>Nobody can say which picture is right; the group counts as handled.</source>
        <translation>Niemand kann sagen, welches Bild das richtige ist; die Gruppe gilt als erledigt.</translation>
    </message>
    <message>
        <source>S&amp;kip for later</source>
        <translation>Für später übers&amp;pringen</translation>
    </message>
    <message>
        <source>Leave the group undecided; it comes again when no other is left.</source>
        <translation>Die Gruppe offen lassen; sie kommt wieder, wenn keine andere mehr übrig ist.</translation>
    </message>
    <message>
        <source>&amp;Flag for review</source>
        <translation>Zur Prüfung &amp;markieren</translation>
    </message>
    <message>
        <source>Flag the group, or take the flag away. The decision stays.</source>
        <translation>Die Gruppe markieren oder die Markierung entfernen. Die Entscheidung bleibt.</translation>
    </message>
    <message>
        <source>&amp;Note...</source>
        <translation>N&amp;otiz...</translation>
    </message>
    <message>
        <source>Write a note about the group. Enter saves it, Esc leaves it as it was.</source>
        <translation>Eine Notiz zur Gruppe schreiben. Eingabe speichert sie, Esc lässt sie, wie sie war.</translation>
    </message>
    <message>
        <source>Next &amp;skipped group</source>
        <translation>Nächste über&amp;sprungene Gruppe</translation>
    </message>
    <message>
        <source>Go to the next group that was skipped for later.</source>
        <translation>Zur nächsten Gruppe gehen, die für später übersprungen wurde.</translation>
    </message>
    <message>
        <source>Keep picture 1 of each</source>
        <translation>Je Gruppe Bild 1 behalten</translation>
    </message>
    <message>
        <source>Keep the first picture of every selected group.</source>
        <translation>Das erste Bild jeder ausgewählten Gruppe behalten.</translation>
    </message>
    <message>
        <source>Keep picture 2 of each</source>
        <translation>Je Gruppe Bild 2 behalten</translation>
    </message>
    <message>
        <source>Keep the second picture of every selected group.</source>
        <translation>Das zweite Bild jeder ausgewählten Gruppe behalten.</translation>
    </message>
    <message>
        <source>Keep picture 3 of each</source>
        <translation>Je Gruppe Bild 3 behalten</translation>
    </message>
    <message>
        <source>Keep the third picture of every selected group.</source>
        <translation>Das dritte Bild jeder ausgewählten Gruppe behalten.</translation>
    </message>
    <message>
        <source>Keep picture 4 of each</source>
        <translation>Je Gruppe Bild 4 behalten</translation>
    </message>
    <message>
        <source>Keep the fourth picture of every selected group.</source>
        <translation>Das vierte Bild jeder ausgewählten Gruppe behalten.</translation>
    </message>
    <message>
        <source>Reject selected groups</source>
        <translation>Ausgewählte Gruppen verwerfen</translation>
    </message>
    <message>
        <source>Keep no picture of the selected groups.</source>
        <translation>Kein Bild der ausgewählten Gruppen behalten.</translation>
    </message>
    <message>
        <source>Decide selected groups...</source>
        <translation>Ausgewählte Gruppen entscheiden...</translation>
    </message>
    <message>
        <source>Decide many groups at once, after showing what would happen.</source>
        <translation>Viele Gruppen auf einmal entscheiden; vorher wird gezeigt, was geschehen würde.</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Write what the list is to hold.</source>
        <translation>Schreiben, was die Liste enthalten soll.</translation>
    </message>
    <message>
        <source>Copy files</source>
        <translation>Dateien kopieren</translation>
    </message>
    <message>
        <source>Copy the image files of the selected groups to the clipboard.</source>
        <translation>Die Bilddateien der ausgewählten Gruppen in die Zwischenablage kopieren.</translation>
    </message>
    <message>
        <source>Copy file names</source>
        <translation>Dateinamen kopieren</translation>
    </message>
    <message>
        <source>Copy the names of the image files of the selected groups.</source>
        <translation>Die Namen der Bilddateien der ausgewählten Gruppen kopieren.</translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation>In der Dateiverwaltung zeigen</translation>
    </message>
    <message>
        <source>Open the folder of the current group.</source>
        <translation>Den Ordner der aktuellen Gruppe öffnen.</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alle auswählen</translation>
    </message>
    <message>
        <source>Select every group of the list.</source>
        <translation>Jede Gruppe der Liste auswählen.</translation>
    </message>
    <message>
        <source>Select none</source>
        <translation>Keine auswählen</translation>
    </message>
    <message>
        <source>Select no group.</source>
        <translation>Keine Gruppe auswählen.</translation>
    </message>
    <message>
        <source>Invert selection</source>
        <translation>Auswahl umkehren</translation>
    </message>
    <message>
        <source>Select the groups that are not selected.</source>
        <translation>Die Gruppen auswählen, die nicht ausgewählt sind.</translation>
    </message>
    <message>
        <source>Larger pictures</source>
        <translation>Größere Bilder</translation>
    </message>
    <message>
        <source>Show fewer, larger pictures.</source>
        <translation>Weniger, größere Bilder zeigen.</translation>
    </message>
    <message>
        <source>Smaller pictures</source>
        <translation>Kleinere Bilder</translation>
    </message>
    <message>
        <source>Show more, smaller pictures.</source>
        <translation>Mehr, kleinere Bilder zeigen.</translation>
    </message>
    <message>
        <source>One picture for each group</source>
        <translation>Ein Bild je Gruppe</translation>
    </message>
    <message>
        <source>Show the picture that stands for each group.</source>
        <translation>Von jeder Gruppe das Bild zeigen, das für sie steht.</translation>
    </message>
    <message>
        <source>All candidates of each group</source>
        <translation>Alle Varianten jeder Gruppe</translation>
    </message>
    <message>
        <source>Show all pictures of each group side by side.</source>
        <translation>Alle Bilder jeder Gruppe nebeneinander zeigen.</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Show the facts of each group on one line.</source>
        <translation>Die Angaben jeder Gruppe in einer Zeile zeigen.</translation>
    </message>
    <message>
        <source>The next ratio of the list in the settings.</source>
        <translation>Das nächste Seitenverhältnis der Liste in den Einstellungen.</translation>
    </message>
    <message>
        <source>Previous ratio</source>
        <translation>Voriges Seitenverhältnis</translation>
    </message>
    <message>
        <source>The ratio before in the list.</source>
        <translation>Das Seitenverhältnis davor in der Liste.</translation>
    </message>
    <message>
        <source>Free ratio</source>
        <translation>Freies Seitenverhältnis</translation>
    </message>
    <message>
        <source>Width and height are drawn as you like.</source>
        <translation>Breite und Höhe nach Belieben ziehen.</translation>
    </message>
    <message>
        <source>Copy the last crop</source>
        <translation>Letzten Zuschnitt übernehmen</translation>
    </message>
    <message>
        <source>Take the box of the crop that was confirmed last, as parts of the picture.</source>
        <translation>Den Ausschnitt des zuletzt bestätigten Zuschnitts übernehmen, als denselben Teil des Bildes.</translation>
    </message>
    <message>
        <source>Box, must keep, may keep</source>
        <translation>Ausschnitt, muss bleiben, darf bleiben</translation>
    </message>
    <message>
        <source>Which box the mouse and the arrows change: the crop, what must be kept, what may be kept.</source>
        <translation>Was Maus und Pfeile ändern: den Ausschnitt, was bleiben muss oder was bleiben darf.</translation>
    </message>
    <message>
        <source>Remove the limits</source>
        <translation>Grenzen entfernen</translation>
    </message>
    <message>
        <source>Store the crop without what must and what may be kept.</source>
        <translation>Den Zuschnitt ohne das speichern, was bleiben muss und bleiben darf.</translation>
    </message>
    <message>
        <source>Mo&amp;dels</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Train models, see how good they are, and choose which one suggests.</source>
        <translation>Modelle trainieren, sehen, wie gut sie sind, und wählen, welches vorschlägt.</translation>
    </message>
    <message>
        <source>Show or hide what is suggested. Keeping with a visible crop accepts it.</source>
        <translation>Zeigen oder verbergen, was vorgeschlagen ist. Behalten mit sichtbarem Zuschnitt nimmt ihn an.</translation>
    </message>
    <message>
        <source>Wh&amp;y it is suggested</source>
        <translation>&amp;Warum es vorgeschlagen ist</translation>
    </message>
    <message>
        <source>While held: all reasons of the suggestion, and where they are seen.</source>
        <translation>Solange gehalten: alle Gründe des Vorschlags, und wo man sie sieht.</translation>
    </message>
    <message>
        <source>Bo&amp;xes of detectors</source>
        <translation>Rahmen der Erkenner</translation>
    </message>
    <message>
        <source>Show or hide what detectors found in the pictures.</source>
        <translation>Zeigen oder verbergen, was Erkenner in den Bildern gefunden haben.</translation>
    </message>
    <message>
        <source>Find similar groups</source>
        <translation>Ä&amp;hnliche Gruppen suchen</translation>
    </message>
    <message>
        <source>List the groups that look most like this one in Browse.</source>
        <translation>Die Gruppen, die dieser am meisten gleichen, in der Übersicht zeigen.</translation>
    </message>
    <message>
        <source>List the groups that look most like this one, the most similar first.</source>
        <translation>Die Gruppen zeigen, die dieser am meisten gleichen, die ähnlichste zuerst.</translation>
    </message>
    <message>
        <source>Look-alikes</source>
        <translation>Doppelgänger</translation>
    </message>
    <message>
        <source>List sets of groups whose pictures look alike, side by side.</source>
        <translation>Gruppen, deren Bilder einander gleichen, Satz für Satz nebeneinander zeigen.</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Find blurry, dark or noisy pictures by thresholds on histograms.</source>
        <translation>Unscharfe, dunkle oder verrauschte Bilder durch Schwellen in Histogrammen finden.</translation>
    </message>
    <message>
        <source>Boxes of detectors</source>
        <translation>Rahmen der Erkenner</translation>
    </message>
    <message>
        <source>&amp;Train a model</source>
        <translation>Modell &amp;trainieren</translation>
    </message>
    <message>
        <source>Learn from the decisions in the background, or cancel that.</source>
        <translation>Im Hintergrund aus den Entscheidungen lernen, oder das abbrechen.</translation>
    </message>
    <message>
        <source>&amp;Compute embeddings</source>
        <translation>&amp;Einbettungen berechnen</translation>
    </message>
    <message>
        <source>Compute what models see in the images, or pause that.</source>
        <translation>Berechnen, was Modelle in den Bildern sehen, oder das anhalten.</translation>
    </message>
    <message>
        <source>&amp;Make the model active</source>
        <translation>Modell &amp;aktiv machen</translation>
    </message>
    <message>
        <source>Let this model suggest in this project.</source>
        <translation>Dieses Modell in diesem Projekt vorschlagen lassen.</translation>
    </message>
    <message>
        <source>&amp;Back to the previous model</source>
        <translation>&amp;Zurück zum vorigen Modell</translation>
    </message>
    <message>
        <source>Let the model suggest that was active before. Its suggestions are the same again, byte for byte.</source>
        <translation>Das Modell vorschlagen lassen, das vorher aktiv war. Seine Vorschläge sind wieder dieselben, Byte für Byte.</translation>
    </message>
    <message>
        <source>&amp;Import a model...</source>
        <translation>Modell e&amp;inlesen ...</translation>
    </message>
    <message>
        <source>Take up a model file of the scripts.</source>
        <translation>Eine Modelldatei der Skripte aufnehmen.</translation>
    </message>
    <message>
        <source>Impor&amp;t...</source>
        <translation>&amp;Importieren...</translation>
    </message>
    <message>
        <source>Take up decisions of old logs and databases, or a dataset, after showing what would change.</source>
        <translation>Entscheidungen aus alten Protokollen und Datenbanken oder einen Datensatz übernehmen, nachdem gezeigt wurde, was sich ändern würde.</translation>
    </message>
    <message>
        <source>&amp;Backfill from finished images...</source>
        <translation>Aus &amp;fertigen Bildern nachtragen...</translation>
    </message>
    <message>
        <source>Find the crops of finished images in their originals.</source>
        <translation>Die Zuschnitte fertiger Bilder in ihren Originalen finden.</translation>
    </message>
    <message>
        <source>E&amp;xport now</source>
        <translation>Jetzt e&amp;xportieren</translation>
    </message>
    <message>
        <source>Publish what is chosen in Export, or stop that.</source>
        <translation>Veröffentlichen, was unter Export gewählt ist, oder das abbrechen.</translation>
    </message>
    <message>
        <source>&amp;Verify the release</source>
        <translation>Aus&amp;gabe nachprüfen</translation>
    </message>
    <message>
        <source>Read the chosen release again and compare it with its manifest.</source>
        <translation>Die gewählte Ausgabe erneut lesen und mit ihrem Manifest vergleichen.</translation>
    </message>
    <message>
        <source>Compa&amp;re releases</source>
        <translation>Ausgaben &amp;vergleichen</translation>
    </message>
    <message>
        <source>Show what differs between two chosen releases.</source>
        <translation>Zeigen, worin sich zwei gewählte Ausgaben unterscheiden.</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Publish datasets, verify and compare what was published.</source>
        <translation>Datensätze veröffentlichen; nachprüfen und vergleichen, was veröffentlicht wurde.</translation>
    </message>
</context>
<context>
    <name>BatchSkip</name>
    <message numerus="yes">
        <source>%Ln without images, or no longer there</source>
        <translation>
            <numerusform>%Ln ohne Bilder oder nicht mehr da</numerusform>
            <numerusform>%Ln ohne Bilder oder nicht mehr da</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln finalized already</source>
        <translation>
            <numerusform>%Ln schon abgeschlossen</numerusform>
            <numerusform>%Ln schon abgeschlossen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln with more than four images</source>
        <translation>
            <numerusform>%Ln mit mehr als vier Bildern</numerusform>
            <numerusform>%Ln mit mehr als vier Bildern</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln with fewer images</source>
        <translation>
            <numerusform>%Ln mit weniger Bildern</numerusform>
            <numerusform>%Ln mit weniger Bildern</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln whose image is missing</source>
        <translation>
            <numerusform>%Ln, deren Bild fehlt</numerusform>
            <numerusform>%Ln, deren Bild fehlt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln whose image cannot be read</source>
        <translation>
            <numerusform>%Ln, deren Bild nicht lesbar ist</numerusform>
            <numerusform>%Ln, deren Bild nicht lesbar ist</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln whose files were changed</source>
        <translation>
            <numerusform>%Ln, deren Dateien geändert wurden</numerusform>
            <numerusform>%Ln, deren Dateien geändert wurden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln decided like this already</source>
        <translation>
            <numerusform>%Ln schon so entschieden</numerusform>
            <numerusform>%Ln schon so entschieden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CandidateFacts</name>
    <message>
        <source>lossless</source>
        <translation>verlustfrei</translation>
    </message>
    <message>
        <source>lossy</source>
        <translation>verlustbehaftet</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>Grau</translation>
    </message>
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
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Chroma</source>
        <translation>Chroma</translation>
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
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>Upright</source>
        <translation>Lage</translation>
    </message>
    <message>
        <source>turned by EXIF</source>
        <translation>durch EXIF gedreht</translation>
    </message>
    <message>
        <source>as stored</source>
        <translation>wie gespeichert</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keines</translation>
    </message>
    <message>
        <source>Shown as</source>
        <translation>Anzeige</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>no profile</source>
        <translation>kein Profil</translation>
    </message>
    <message>
        <source>alpha</source>
        <translation>Alpha</translation>
    </message>
</context>
<context>
    <name>CellPainter</name>
    <message>
        <source>The file is missing</source>
        <translation>Die Datei fehlt</translation>
    </message>
</context>
<context>
    <name>Charts</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s)</source>
        <translation>
            <numerusform>%Ln Gruppe</numerusform>
            <numerusform>%Ln Gruppen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln Bild</numerusform>
            <numerusform>%Ln Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>Hold-out: %1</source>
        <translation>Prüfmenge: %1</translation>
    </message>
    <message>
        <source>95 % interval: %1 to %2</source>
        <translation>95-%-Intervall: %1 bis %2</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>The epochs of this training were not kept.</source>
        <translation>Die Epochen dieses Trainings wurden nicht aufgehoben.</translation>
    </message>
    <message>
        <source>kept: %1</source>
        <translation>behalten: %1</translation>
    </message>
    <message>
        <source>Loss by epoch</source>
        <translation>Verlust nach Epoche</translation>
    </message>
    <message>
        <source>Mean over the pairs or images; less is better</source>
        <translation>Mittel über Paare oder Bilder; weniger ist besser</translation>
    </message>
    <message>
        <source>training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>Epoch %1 of %2
Training: %3
Validation: %4</source>
        <translation>Epoche %1 von %2
Training: %3
Validierung: %4</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Over %1 epochs the loss went from %2 to %3 on the training data and from %4 to %5 in validation.</source>
        <translation>Über %1 Epochen ging der Verlust auf den Trainingsdaten von %2 auf %3 und in der Validierung von %4 auf %5.</translation>
    </message>
    <message>
        <source>Accuracy by epoch</source>
        <translation>Genauigkeit nach Epoche</translation>
    </message>
    <message>
        <source>Overlap by epoch</source>
        <translation>Überdeckung nach Epoche</translation>
    </message>
    <message>
        <source>Validation groups with the same pick as the person</source>
        <translation>Validierungsgruppen mit derselben Wahl wie die Person</translation>
    </message>
    <message>
        <source>Mean IoU of proposed and drawn crop, validation</source>
        <translation>Mittlere IoU mit dem gezogenen Zuschnitt, Validierung</translation>
    </message>
    <message>
        <source>Epoch %1 of %2
Validation: %3</source>
        <translation>Epoche %1 von %2
Validierung: %3</translation>
    </message>
    <message>
        <source>accuracy in validation</source>
        <translation>Genauigkeit in der Validierung</translation>
    </message>
    <message>
        <source>mean IoU in validation</source>
        <translation>mittlere IoU in der Validierung</translation>
    </message>
    <message>
        <source>Over %1 epochs it went from %2 to %3; the best was %4.</source>
        <translation>Über %1 Epochen ging sie von %2 auf %3; die beste war %4.</translation>
    </message>
    <message>
        <source>Accuracy of the pick</source>
        <translation>Genauigkeit der Wahl</translation>
    </message>
    <message>
        <source>Overlap of the crop (mean IoU)</source>
        <translation>Überdeckung des Zuschnitts (mittlere IoU)</translation>
    </message>
    <message>
        <source>%1, with 95 % intervals</source>
        <translation>%1, mit 95-%-Intervallen</translation>
    </message>
    <message>
        <source>No data, because the hold-out has no groups.</source>
        <translation>Keine Daten, weil die Prüfmenge keine Gruppen hat.</translation>
    </message>
    <message>
        <source>Is it more than &quot;the highest stage&quot;?</source>
        <translation>Ist es mehr als „die höchste Stufe“?</translation>
    </message>
    <message>
        <source>Accuracy by what the person chose</source>
        <translation>Genauigkeit nach dem, was die Person wählte</translation>
    </message>
    <message>
        <source>not the highest</source>
        <translation>nicht die höchste</translation>
    </message>
    <message>
        <source>the highest</source>
        <translation>die höchste</translation>
    </message>
    <message>
        <source>No data, because the hold-out has no groups with several stages.</source>
        <translation>Keine Daten, weil die Prüfmenge keine Gruppen mit mehreren Stufen hat.</translation>
    </message>
    <message>
        <source>Accuracy by stage</source>
        <translation>Genauigkeit nach Stufe</translation>
    </message>
    <message>
        <source>No data, because the file names of the hold-out tell no stages.</source>
        <translation>Keine Daten, weil die Dateinamen der Prüfmenge keine Stufen nennen.</translation>
    </message>
    <message>
        <source>Chosen stage</source>
        <translation>Gewählte Stufe</translation>
    </message>
    <message>
        <source>Stage %1
%2 of %3 right: %4
%5</source>
        <translation>Stufe %1
%2 von %3 richtig: %4
%5</translation>
    </message>
    <message>
        <source>stage %1: %2 of %3</source>
        <translation>Stufe %1: %2 von %3</translation>
    </message>
    <message>
        <source>Is it as sure as it should be?</source>
        <translation>Ist es so sicher, wie es sein darf?</translation>
    </message>
    <message>
        <source>%1; mean gap %2</source>
        <translation>%1; mittlerer Abstand %2</translation>
    </message>
    <message>
        <source>No data, because this model has no calibration.</source>
        <translation>Keine Daten, weil dieses Modell nicht kalibriert ist.</translation>
    </message>
    <message>
        <source>Confidence that it states</source>
        <translation>Sicherheit, die es angibt</translation>
    </message>
    <message>
        <source>How often it was right</source>
        <translation>Wie oft es recht hatte</translation>
    </message>
    <message>
        <source>as sure as right</source>
        <translation>so sicher wie richtig</translation>
    </message>
    <message>
        <source>this model</source>
        <translation>dieses Modell</translation>
    </message>
    <message>
        <source>Confidence %1 to %2: %3
On average it says %4
It was right in %5</source>
        <translation>Sicherheit %1 bis %2: %3
Im Mittel gibt es %4 an
Es hatte recht in %5</translation>
    </message>
    <message>
        <source>On average stated confidence and share of right picks are %1 apart.</source>
        <translation>Im Mittel liegen angegebene Sicherheit und Anteil richtiger Wahlen %1 auseinander.</translation>
    </message>
    <message>
        <source>Chosen and proposed stage</source>
        <translation>Gewählte und vorgeschlagene Stufe</translation>
    </message>
    <message>
        <source>%1; colour: share of the row</source>
        <translation>%1; Farbe: Anteil der Zeile</translation>
    </message>
    <message>
        <source>Proposed stage</source>
        <translation>Vorgeschlagene Stufe</translation>
    </message>
    <message>
        <source>Chosen: stage %1
Proposed: stage %2
%3, %4 of the row</source>
        <translation>Gewählt: Stufe %1
Vorgeschlagen: Stufe %2
%3, %4 der Zeile</translation>
    </message>
    <message>
        <source>In %1 of %2 the proposed stage is the chosen one.</source>
        <translation>In %1 von %2 ist die vorgeschlagene Stufe die gewählte.</translation>
    </message>
    <message>
        <source>No data, because the hold-out has no crops.</source>
        <translation>Keine Daten, weil die Prüfmenge keine Zuschnitte hat.</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>%1 to %2
%3, %4 of all</source>
        <translation>%1 bis %2
%3, %4 von allen</translation>
    </message>
    <message>
        <source>%1; most of them between %2 and %3.</source>
        <translation>%1; die meisten davon zwischen %2 und %3.</translation>
    </message>
    <message>
        <source>Overlap of proposed and drawn crop</source>
        <translation>Überdeckung mit dem gezogenen Zuschnitt</translation>
    </message>
    <message>
        <source>IoU; more is better</source>
        <translation>IoU; mehr ist besser</translation>
    </message>
    <message>
        <source>Distance of the centres</source>
        <translation>Abstand der Mitten</translation>
    </message>
    <message>
        <source>Share of the picture; less is better</source>
        <translation>Anteil des Bildes; weniger ist besser</translation>
    </message>
    <message>
        <source>highest stage</source>
        <translation>höchste Stufe</translation>
    </message>
    <message>
        <source>first image</source>
        <translation>erstes Bild</translation>
    </message>
    <message>
        <source>random image</source>
        <translation>zufälliges Bild</translation>
    </message>
    <message>
        <source>whole picture</source>
        <translation>ganzes Bild</translation>
    </message>
    <message>
        <source>crop about the centre</source>
        <translation>Zuschnitt um die Mitte</translation>
    </message>
    <message>
        <source>mean crop</source>
        <translation>mittlerer Zuschnitt</translation>
    </message>
    <message>
        <source>%1 (%2 to %3, %4)</source>
        <translation>%1 (%2 bis %3, %4)</translation>
    </message>
    <message>
        <source>It is better than everything that needs no model, so it is proposed.</source>
        <translation>Es ist besser als alles, was kein Modell braucht, und wird deshalb vorgeschlagen.</translation>
    </message>
    <message>
        <source>It learned nothing but to choose the highest stage, which needs no model.</source>
        <translation>Es hat nur gelernt, die höchste Stufe zu wählen; dafür braucht es kein Modell.</translation>
    </message>
    <message>
        <source>With %1 it is not better than &quot;%2&quot; with %3.</source>
        <translation>Mit %1 ist es nicht besser als „%2“ mit %3.</translation>
    </message>
    <message>
        <source>It did not pass the test on the hold-out.</source>
        <translation>Es hat die Prüfung an der Prüfmenge nicht bestanden.</translation>
    </message>
    <message>
        <source>unreadable row</source>
        <translation>unlesbare Zeile</translation>
    </message>
    <message>
        <source>no decision</source>
        <translation>keine Entscheidung</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>single image</source>
        <translation>einzelnes Bild</translation>
    </message>
    <message>
        <source>no embedding of the pick</source>
        <translation>keine Einbettung der Auswahl</translation>
    </message>
    <message>
        <source>fewer than two embeddings</source>
        <translation>weniger als zwei Einbettungen</translation>
    </message>
    <message>
        <source>group that another database has too</source>
        <translation>Gruppe, die auch eine andere Datenbank hat</translation>
    </message>
    <message>
        <source>approved whole</source>
        <translation>ganz behalten</translation>
    </message>
    <message>
        <source>not cropped yet</source>
        <translation>noch nicht zugeschnitten</translation>
    </message>
    <message>
        <source>whole frame as crop</source>
        <translation>ganzes Bild als Zuschnitt</translation>
    </message>
    <message>
        <source>invalid crop</source>
        <translation>ungültiger Zuschnitt</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
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
    <message>
        <source>The images of a tie, counted from 0 (default: all).</source>
        <translation>Die Bilder eines Gleichstands, ab 0 gezählt (Vorgabe: alle).</translation>
    </message>
    <message>
        <source>The folder or the file to create.</source>
        <translation>Der Ordner oder die Datei, die angelegt werden soll.</translation>
    </message>
    <message>
        <source>Only groups that match, for example: state:undecided -name:test</source>
        <translation>Nur passende Gruppen, zum Beispiel: state:undecided -name:test</translation>
    </message>
    <message>
        <source>Decode every pixel, so that damage behind the header is found.</source>
        <translation>Jedes Pixel dekodieren, damit auch Schäden hinter dem Dateikopf gefunden werden.</translation>
    </message>
    <message>
        <source>The longer side in pixels; images are never made larger.</source>
        <translation>Die längere Seite in Pixeln; Bilder werden nie vergrößert.</translation>
    </message>
    <message>
        <source>Replace a file that is there.</source>
        <translation>Eine vorhandene Datei ersetzen.</translation>
    </message>
    <message>
        <source>How many of 64 bits may differ between pictures that look alike.</source>
        <translation>Wie viele von 64 Bits sich bei gleich aussehenden Bildern unterscheiden dürfen.</translation>
    </message>
    <message>
        <source>Rows of the database that is measured.</source>
        <translation>Zeilen der Datenbank, an der gemessen wird.</translation>
    </message>
    <message>
        <source>Where to measure; the data stays there for the next time.</source>
        <translation>Wo gemessen wird; die Daten bleiben dort für das nächste Mal.</translation>
    </message>
    <message>
        <source>How often everything is measured.</source>
        <translation>Wie oft alles gemessen wird.</translation>
    </message>
    <message>
        <source>List the groups and the leftovers as JSON, or those that match --query.</source>
        <translation>Die Gruppen und die Restbilder als JSON auflisten, oder die, auf die --query passt.</translation>
    </message>
    <message>
        <source>Say that a group has no winner, and why; none takes it back.</source>
        <translation>Sagen, dass eine Gruppe keinen Sieger hat, und warum; none nimmt es zurück.</translation>
    </message>
    <message>
        <source>Flag a group for review.</source>
        <translation>Eine Gruppe zur Prüfung markieren.</translation>
    </message>
    <message>
        <source>Put a note on a group; an empty text takes it away.</source>
        <translation>Eine Notiz zu einer Gruppe schreiben; ein leerer Text entfernt sie.</translation>
    </message>
    <message>
        <source>List all outcomes, flags, notes and limits of crops.</source>
        <translation>Alle Ergebnisse, Markierungen, Notizen und Grenzen von Zuschnitten auflisten.</translation>
    </message>
    <message>
        <source>Make JPEG thumbnails of a folder with all its folders.</source>
        <translation>JPEG-Vorschaubilder eines Ordners mit allen Unterordnern anlegen.</translation>
    </message>
    <message>
        <source>Find images of different groups that look alike, and copies.</source>
        <translation>Bilder verschiedener Gruppen finden, die gleich aussehen, und Kopien.</translation>
    </message>
    <message>
        <source>Say what images are and what is wrong with them.</source>
        <translation>Sagen, was Bilder sind und was mit ihnen nicht stimmt.</translation>
    </message>
    <message>
        <source>Write an upright sRGB picture of an image, in the format of the new name.</source>
        <translation>Ein aufrechtes sRGB-Abbild eines Bildes schreiben, im Format des neuen Namens.</translation>
    </message>
    <message>
        <source>Measure this machine and print the figures as JSON.</source>
        <translation>Diesen Rechner vermessen und die Zahlen als JSON ausgeben.</translation>
    </message>
    <message>
        <source>bench needs one of ui, images and store.</source>
        <translation>bench braucht ui, images oder store.</translation>
    </message>
    <message>
        <source>it is a %1 image, which &quot;%2&quot; does not say</source>
        <translation>es ist ein %1-Bild, was „%2“ nicht sagt</translation>
    </message>
    <message>
        <source>animated: only the first frame is shown</source>
        <translation>animiert: nur das erste Einzelbild wird gezeigt</translation>
    </message>
    <message>
        <source>several images: only the first is shown</source>
        <translation>mehrere Bilder: nur das erste wird gezeigt</translation>
    </message>
    <message>
        <source>the colour profile is broken and ignored</source>
        <translation>das Farbprofil ist fehlerhaft und wird nicht beachtet</translation>
    </message>
    <message>
        <source>%1 bit</source>
        <translation>%1 Bit</translation>
    </message>
    <message numerus="yes">
        <source>%n channel(s)</source>
        <translation>
            <numerusform>%n Kanal</numerusform>
            <numerusform>%n Kanäle</numerusform>
        </translation>
    </message>
    <message>
        <source>orientation %1</source>
        <translation>Ausrichtung %1</translation>
    </message>
    <message>
        <source>profile %1</source>
        <translation>Profil %1</translation>
    </message>
    <message>
        <source>Usage: proofsheet-cli render FILE --size N --to FILE</source>
        <translation>Aufruf: proofsheet-cli render FILE --size N --to FILE</translation>
    </message>
    <message>
        <source>The name must end in .jpg, .png, .webp, .tif or .bmp: %1</source>
        <translation>Der Name muss auf .jpg, .png, .webp, .tif oder .bmp enden: %1</translation>
    </message>
    <message>
        <source>The outcome is tie, cannot_judge, skip, all_bad or none.</source>
        <translation>Das Ergebnis ist tie, cannot_judge, skip, all_bad oder none.</translation>
    </message>
    <message>
        <source>--members takes numbers of images, counted from 0, as in 0,2, and goes with tie.</source>
        <translation>--members erwartet Nummern von Bildern, ab 0 gezählt, etwa 0,2, und gehört zu tie.</translation>
    </message>
    <message>
        <source>A flag is on or off.</source>
        <translation>Eine Markierung ist on oder off.</translation>
    </message>
    <message numerus="yes">
        <source>%n thumbnail(s)</source>
        <translation>
            <numerusform>%n Vorschaubild</numerusform>
            <numerusform>%n Vorschaubilder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) measured</source>
        <translation>
            <numerusform>%n Bild vermessen</numerusform>
            <numerusform>%n Bilder vermessen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n images that look alike:</source>
        <translation>
            <numerusform>%n Bild, das gleich aussieht:</numerusform>
            <numerusform>%n Bilder, die gleich aussehen:</numerusform>
        </translation>
    </message>
    <message>
        <source>Copies inside one group:</source>
        <translation>Kopien innerhalb einer Gruppe:</translation>
    </message>
    <message>
        <source>(copy)</source>
        <translation>(Kopie)</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) compared</source>
        <translation>
            <numerusform>%n Bild verglichen</numerusform>
            <numerusform>%n Bilder verglichen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cluster(s)</source>
        <translation>
            <numerusform>%n Cluster</numerusform>
            <numerusform>%n Cluster</numerusform>
        </translation>
    </message>
    <message>
        <source>thumbnails needs --to DIR.</source>
        <translation>thumbnails braucht --to DIR.</translation>
    </message>
    <message>
        <source>--size is 256 or 512.</source>
        <translation>--size ist 256 oder 512.</translation>
    </message>
    <message numerus="yes">
        <source>%n thumbnail(s) made</source>
        <translation>
            <numerusform>%n Vorschaubild angelegt</numerusform>
            <numerusform>%n Vorschaubilder angelegt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were there</source>
        <translation>
            <numerusform>%n war schon da</numerusform>
            <numerusform>%n waren schon da</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n fehlgeschlagen</numerusform>
            <numerusform>%n fehlgeschlagen</numerusform>
        </translation>
    </message>
    <message>
        <source>--bits is a number from 0 to %1.</source>
        <translation>--bits ist eine Zahl von 0 bis %1.</translation>
    </message>
    <message>
        <source>--limit takes a number.</source>
        <translation>--limit erwartet eine Zahl.</translation>
    </message>
    <message>
        <source>The crop as fractions of the upright image; of predict: the crop proposer.</source>
        <translation>Der Zuschnitt in Bruchteilen des aufrechten Bildes; bei predict: das Modell für Zuschnitte.</translation>
    </message>
    <message>
        <source>project, name, decided, state, stage, sharpness, images, uncertain, disagreeing, representative, duplicates or similar; - in front turns it round.</source>
        <translation>project, name, decided, state, stage, sharpness, images, uncertain, disagreeing, representative, duplicates oder similar; ein - davor kehrt um.</translation>
    </message>
    <message>
        <source>How many are listed.</source>
        <translation>Wie viele aufgezählt werden.</translation>
    </message>
    <message>
        <source>Suggestions that are less sure than this are not shown, 0 to 1.</source>
        <translation>Vorschläge, die weniger sicher sind, werden nicht gezeigt, 0 bis 1.</translation>
    </message>
    <message>
        <source>The share of groups whose suggestion is held back to measure its effect, 0 to 1.</source>
        <translation>Der Anteil der Gruppen, deren Vorschlag zurückgehalten wird, um seine Wirkung zu messen, 0 bis 1.</translation>
    </message>
    <message>
        <source>Train the ranker anew after so many decisions; 0 is never.</source>
        <translation>Das Auswahlmodell nach so vielen Entscheidungen neu trainieren; 0 heißt nie.</translation>
    </message>
    <message>
        <source>Show suggestions.</source>
        <translation>Vorschläge zeigen.</translation>
    </message>
    <message>
        <source>Show no suggestions.</source>
        <translation>Keine Vorschläge zeigen.</translation>
    </message>
    <message>
        <source>Show the suggestions of a suspended model again.</source>
        <translation>Die Vorschläge eines ausgesetzten Modells wieder zeigen.</translation>
    </message>
    <message>
        <source>A folder with images.</source>
        <translation>Ein Ordner mit Bildern.</translation>
    </message>
    <message>
        <source>The images of this project.</source>
        <translation>Die Bilder dieses Projekts.</translation>
    </message>
    <message>
        <source>builtin-1, or an ONNX file.</source>
        <translation>builtin-1 oder eine ONNX-Datei.</translation>
    </message>
    <message>
        <source>How pictures are prepared for the model: clip, imagenet, yolo or a JSON file.</source>
        <translation>Wie Bilder für das Modell vorbereitet werden: clip, imagenet, yolo oder eine JSON-Datei.</translation>
    </message>
    <message>
        <source>onnxruntime or opencv-dnn.</source>
        <translation>onnxruntime oder opencv-dnn.</translation>
    </message>
    <message>
        <source>The ranker, or none (default: the active one).</source>
        <translation>Das Modell für die Auswahl, oder none (Vorgabe: das aktive).</translation>
    </message>
    <message>
        <source>The embeddings that a model of the scripts needs.</source>
        <translation>Die Einbettungen, die ein Modell der Skripte braucht.</translation>
    </message>
    <message>
        <source>Only part I of N of the images, counted from 0.</source>
        <translation>Nur Teil I von N der Bilder, von 0 an gezählt.</translation>
    </message>
    <message>
        <source>Images of one request.</source>
        <translation>Bilder einer Anfrage.</translation>
    </message>
    <message>
        <source>The cache of embeddings (default: that of the workspace).</source>
        <translation>Der Zwischenspeicher der Einbettungen (sonst: der des Arbeitsbereichs).</translation>
    </message>
    <message>
        <source>Pairs or crops of one step of learning (32).</source>
        <translation>Paare oder Zuschnitte eines Lernschritts (32).</translation>
    </message>
    <message>
        <source>How far one step goes (0.001).</source>
        <translation>Wie weit ein Schritt geht (0.001).</translation>
    </message>
    <message>
        <source>Where the random numbers start (42).</source>
        <translation>Wo die Zufallszahlen beginnen (42).</translation>
    </message>
    <message>
        <source>Threads that multiply matrices (1).</source>
        <translation>Threads, die Matrizen multiplizieren (1).</translation>
    </message>
    <message>
        <source>What a ranker sees: embedding, context or auto.</source>
        <translation>Was ein Auswahlmodell sieht: embedding, context oder auto.</translation>
    </message>
    <message>
        <source>How a crop proposer says a box: corners, centre-size or auto.</source>
        <translation>Wie ein Zuschnittmodell einen Rahmen angibt: corners, centre-size oder auto.</translation>
    </message>
    <message>
        <source>A project of which nothing is learned.</source>
        <translation>Ein Projekt, von dem nichts gelernt wird.</translation>
    </message>
    <message>
        <source>Find the images of a project that look most like one, by their embeddings.</source>
        <translation>Die Bilder eines Projekts finden, die einem am meisten gleichen, nach ihren Merkmalen.</translation>
    </message>
    <message>
        <source>Lay the groups of a project out in two dimensions, similar ones side by side.</source>
        <translation>Die Gruppen eines Projekts in zwei Dimensionen auslegen, ähnliche nebeneinander.</translation>
    </message>
    <message>
        <source>Compute the embeddings of images that have none.</source>
        <translation>Die Embeddings der Bilder berechnen, die keine haben.</translation>
    </message>
    <message>
        <source>Learn from decisions which image of a group is picked.</source>
        <translation>Aus Entscheidungen lernen, welches Bild einer Gruppe gewählt wird.</translation>
    </message>
    <message>
        <source>Learn from decisions where images are cropped.</source>
        <translation>Aus Entscheidungen lernen, wo Bilder zugeschnitten werden.</translation>
    </message>
    <message>
        <source>List the models of the workspace, and where they are active.</source>
        <translation>Die Modelle des Arbeitsbereichs nennen, und wo sie aktiv sind.</translation>
    </message>
    <message>
        <source>Show what is known of a model, and whether its file is unchanged.</source>
        <translation>Zeigen, was über ein Modell bekannt ist, und ob seine Datei unverändert ist.</translation>
    </message>
    <message>
        <source>Take a .pt file of this program or of the scripts into the registry.</source>
        <translation>Eine .pt-Datei dieses Programms oder der Skripte in das Verzeichnis der Modelle aufnehmen.</translation>
    </message>
    <message>
        <source>Use a model in a project; --force also one that is not proposed.</source>
        <translation>Ein Modell in einem Projekt verwenden; --force auch eines, das nicht empfohlen ist.</translation>
    </message>
    <message>
        <source>Use no ranker or no crop proposer in a project any more.</source>
        <translation>In einem Projekt kein Modell für die Auswahl oder für Zuschnitte mehr verwenden.</translation>
    </message>
    <message>
        <source>Go back to the model that was active in a project before.</source>
        <translation>Zu dem Modell zurückkehren, das vorher in einem Projekt aktiv war.</translation>
    </message>
    <message>
        <source>Suggest a pick and a crop for every group of a project: --out project, or temp for the temporary database of the scripts.</source>
        <translation>Für jede Gruppe eines Projekts eine Auswahl und einen Zuschnitt vorschlagen: --out project, oder temp für die vorläufige Datenbank der Skripte.</translation>
    </message>
    <message>
        <source>How often people agree with suggestions that they see, and with hidden ones.</source>
        <translation>Wie oft Menschen Vorschlägen folgen, die sie sehen, und wie oft verborgenen.</translation>
    </message>
    <message>
        <source>How sure a suggestion must be to be shown, how many are hidden, and when to train.</source>
        <translation>Wie sicher ein Vorschlag sein muss, damit er gezeigt wird, wie viele verborgen bleiben, und wann trainiert wird.</translation>
    </message>
    <message>
        <source>%1 images/s</source>
        <translation>%1 Bilder/s</translation>
    </message>
    <message numerus="yes">
        <source>%n second(s) left</source>
        <translation>
            <numerusform>noch %n Sekunde</numerusform>
            <numerusform>noch %n Sekunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n embedding(s) to compute</source>
        <translation>
            <numerusform>%n Embedding zu berechnen</numerusform>
            <numerusform>%n Embeddings zu berechnen</numerusform>
        </translation>
    </message>
    <message>
        <source>embed needs --input DIR or --project ID.</source>
        <translation>embed braucht --input ORDNER oder --project ID.</translation>
    </message>
    <message>
        <source>proposed</source>
        <translation>empfohlen</translation>
    </message>
    <message>
        <source>not proposed</source>
        <translation>nicht empfohlen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>models activate needs --project ID.</source>
        <translation>models activate braucht --project ID.</translation>
    </message>
    <message>
        <source>Say ranker or crop, and the project with --project ID.</source>
        <translation>Nennen Sie ranker oder crop, und das Projekt mit --project ID.</translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) predicted</source>
        <translation>
            <numerusform>%n Gruppe vorhergesagt</numerusform>
            <numerusform>%n Gruppen vorhergesagt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n known</source>
        <translation>
            <numerusform>%n bekannt</numerusform>
            <numerusform>%n bekannt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without a suggestion</source>
        <translation>
            <numerusform>%n ohne Vorschlag</numerusform>
            <numerusform>%n ohne Vorschlag</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) without an embedding</source>
        <translation>
            <numerusform>%n Bild ohne Einbettung</numerusform>
            <numerusform>%n Bilder ohne Einbettung</numerusform>
        </translation>
    </message>
    <message>
        <source>predict needs --project ID.</source>
        <translation>predict braucht --project ID.</translation>
    </message>
    <message>
        <source>similar needs --project ID.</source>
        <translation>similar braucht --project ID.</translation>
    </message>
    <message>
        <source>--count is a number from 1 to %1.</source>
        <translation>--count ist eine Zahl von 1 bis %1.</translation>
    </message>
    <message>
        <source>map needs --project ID and --out FILE.</source>
        <translation>map braucht --project ID und --out FILE.</translation>
    </message>
    <message>
        <source>%1 % of the map</source>
        <translation>%1 % der Karte</translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) on the map</source>
        <translation>
            <numerusform>%n Gruppe auf der Karte</numerusform>
            <numerusform>%n Gruppen auf der Karte</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 agreed, %3 (%4 to %5)</source>
        <translation>%1 von %2 gleich, %3 (%4 bis %5)</translation>
    </message>
    <message>
        <source>shown: %1</source>
        <translation>gezeigt: %1</translation>
    </message>
    <message>
        <source>hidden: %1</source>
        <translation>verborgen: %1</translation>
    </message>
    <message>
        <source>below the bar: %1</source>
        <translation>unter der Schwelle: %1</translation>
    </message>
    <message>
        <source>suspended: %1</source>
        <translation>ausgesetzt: %1</translation>
    </message>
    <message>
        <source>difference: %1 (%2 to %3)</source>
        <translation>Unterschied: %1 (%2 bis %3)</translation>
    </message>
    <message>
        <source>People agree more often because they see it.</source>
        <translation>Menschen wählen öfter dasselbe, weil sie es sehen.</translation>
    </message>
    <message>
        <source>Without a model id</source>
        <translation>Ohne Kennung eines Modells</translation>
    </message>
    <message>
        <source>All models</source>
        <translation>Alle Modelle</translation>
    </message>
    <message>
        <source>Latest shown: %1</source>
        <translation>Zuletzt gezeigt: %1</translation>
    </message>
    <message>
        <source>%1 is suspended since %2.</source>
        <translation>%1 ist ausgesetzt seit %2.</translation>
    </message>
    <message>
        <source>--bar and --hidden-share are between 0 and 1, --retrain-every is a whole number from 0, and of --on and --off there is one.</source>
        <translation>--bar und --hidden-share liegen zwischen 0 und 1, --retrain-every ist eine ganze Zahl ab 0, und von --on und --off gibt es nur eines.</translation>
    </message>
    <message>
        <source>Suggestions are %1: bar %2, hidden share %3, trained anew after %4 decisions.</source>
        <translation>Vorschläge sind %1: Schwelle %2, verborgener Anteil %3, neu trainiert nach %4 Entscheidungen.</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>%1: epoch %2 of %3, loss %4, validation %5 %</source>
        <translation>%1: Durchgang %2 von %3, Verlust %4, Validierung %5 %</translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) to learn from</source>
        <translation>
            <numerusform>%n Gruppe, von der gelernt wird</numerusform>
            <numerusform>%n Gruppen, von denen gelernt wird</numerusform>
        </translation>
    </message>
    <message>
        <source>Right picks on the hold-out:</source>
        <translation>Richtige Auswahl in der Prüfmenge:</translation>
    </message>
    <message>
        <source>Mean IoU on the hold-out:</source>
        <translation>Mittlere Überdeckung (IoU) in der Prüfmenge:</translation>
    </message>
    <message>
        <source>train needs --db FILE or --project ID.</source>
        <translation>train braucht --db DATEI oder --project KENNUNG.</translation>
    </message>
    <message>
        <source>The names of a detector&apos;s classes, one in each line.</source>
        <translation>Die Namen der Klassen eines Detektors, einer in jeder Zeile.</translation>
    </message>
    <message>
        <source>Leave out boxes below this confidence (default: 0.25).</source>
        <translation>Rahmen unter dieser Sicherheit weglassen (sonst: 0,25).</translation>
    </message>
    <message>
        <source>Find boxes in images by a detector, or in a project and keep them.</source>
        <translation>Rahmen in Bildern mit einem Detektor finden, oder in einem Projekt und sie behalten.</translation>
    </message>
    <message numerus="yes">
        <source>%n box(es)</source>
        <translation>
            <numerusform>%n Rahmen</numerusform>
            <numerusform>%n Rahmen</numerusform>
        </translation>
    </message>
    <message>
        <source>detect needs --model FILE.</source>
        <translation>detect braucht --model DATEI.</translation>
    </message>
    <message>
        <source>detect needs images or --project ID.</source>
        <translation>detect braucht Bilder oder --project ID.</translation>
    </message>
    <message>
        <source>Ask a service where the models are not sure: its configuration.</source>
        <translation>Einen Dienst fragen, wo die Modelle nicht sicher sind: dessen Konfiguration.</translation>
    </message>
    <message>
        <source>How many embeddings are computed again.</source>
        <translation>Wie viele Embeddings noch einmal berechnet werden.</translation>
    </message>
    <message>
        <source>How often everything is learned (default: until it gets no better).</source>
        <translation>Wie oft alles gelernt wird (sonst: bis es nicht mehr besser wird).</translation>
    </message>
    <message>
        <source>Compute a sample of the embeddings again and compare.</source>
        <translation>Eine Stichprobe der Embeddings noch einmal berechnen und vergleichen.</translation>
    </message>
    <message>
        <source>Say which images have no embedding or an old one, and which embeddings have no image.</source>
        <translation>Sagen, welche Bilder kein Embedding oder ein altes haben und welche Embeddings kein Bild.</translation>
    </message>
    <message>
        <source>Take over the embeddings that the scripts have written.</source>
        <translation>Die Embeddings übernehmen, die die Skripte geschrieben haben.</translation>
    </message>
    <message>
        <source>Add the lines of all shards to the main files.</source>
        <translation>Die Zeilen aller Teile an die Hauptdateien anfügen.</translation>
    </message>
    <message>
        <source>Accuracy, latency, cost and corrections of local models and of the service.</source>
        <translation>Trefferquote, Antwortzeit, Kosten und Korrekturen der eigenen Modelle und des Dienstes.</translation>
    </message>
    <message numerus="yes">
        <source>%n embedding(s) computed</source>
        <translation>
            <numerusform>%n Embedding berechnet</numerusform>
            <numerusform>%n Embeddings berechnet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n copied</source>
        <translation>
            <numerusform>%n kopiert</numerusform>
            <numerusform>%n kopiert</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 needs --input DIR or --project ID.</source>
        <translation>%1 braucht --input ORDNER oder --project ID.</translation>
    </message>
    <message>
        <source>%1 of %2 images have an embedding of their present state (%3 %).</source>
        <translation>%1 von %2 Bildern haben ein Embedding ihres jetzigen Stands (%3 %).</translation>
    </message>
    <message>
        <source>Changed since:</source>
        <translation>Seither geändert:</translation>
    </message>
    <message>
        <source>Without an embedding:</source>
        <translation>Ohne Embedding:</translation>
    </message>
    <message>
        <source>Embeddings of images that are not among these:</source>
        <translation>Embeddings von Bildern, die nicht dabei sind:</translation>
    </message>
    <message>
        <source>Entries whose numbers are gone:</source>
        <translation>Einträge, deren Zahlen fehlen:</translation>
    </message>
    <message>
        <source>Files of numbers without an entry:</source>
        <translation>Dateien mit Zahlen ohne Eintrag:</translation>
    </message>
    <message>
        <source>--sample is a number above 0.</source>
        <translation>--sample ist eine Zahl über 0.</translation>
    </message>
    <message numerus="yes">
        <source>%n embedding(s) computed again</source>
        <translation>
            <numerusform>%n Embedding noch einmal berechnet</numerusform>
            <numerusform>%n Embeddings noch einmal berechnet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n equal</source>
        <translation>
            <numerusform>%n gleich</numerusform>
            <numerusform>%n gleich</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n embedding(s) imported</source>
        <translation>
            <numerusform>%n Embedding übernommen</numerusform>
            <numerusform>%n Embeddings übernommen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were known</source>
        <translation>
            <numerusform>%n war bekannt</numerusform>
            <numerusform>%n waren bekannt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without their image</source>
        <translation>
            <numerusform>%n ohne sein Bild</numerusform>
            <numerusform>%n ohne ihr Bild</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of shards added</source>
        <translation>
            <numerusform>%n Zeile von Teilen angefügt</numerusform>
            <numerusform>%n Zeilen von Teilen angefügt</numerusform>
        </translation>
    </message>
    <message>
        <source>models hybrid knows report.</source>
        <translation>models hybrid kennt report.</translation>
    </message>
    <message>
        <source>arm	suggestions	failures	accuracy	corrected	p95 ms	tokens	cost</source>
        <translation>Arm</translation>
    </message>
    <message>
        <source>The token budget of today is used up: the service is not asked any more.</source>
        <translation>Das Tokenbudget von heute ist aufgebraucht: Der Dienst wird nicht mehr gefragt.</translation>
    </message>
    <message>
        <source>80 % of the token budget of today are used.</source>
        <translation>80 % des Tokenbudgets von heute sind verbraucht.</translation>
    </message>
    <message>
        <source>%1 % of the embeddings</source>
        <translation>%1 % der Merkmale</translation>
    </message>
    <message>
        <source>The project for everything (default: as each row says).</source>
        <translation>Das Projekt für alles (Standard: wie jede Zeile sagt).</translation>
    </message>
    <message>
        <source>JSON that says which column of a CSV file is what.</source>
        <translation>JSON, das sagt, welche Spalte einer CSV-Datei was ist.</translation>
    </message>
    <message>
        <source>JSON that says which paths and days belong to a project.</source>
        <translation>JSON, das sagt, welche Pfade und Tage zu einem Projekt gehören.</translation>
    </message>
    <message>
        <source>Crops that differ replace the stored ones.</source>
        <translation>Abweichende Ausschnitte ersetzen die gespeicherten.</translation>
    </message>
    <message>
        <source>Reject groups without a finished image.</source>
        <translation>Gruppen ohne fertiges Bild verwerfen.</translation>
    </message>
    <message>
        <source>The folder with the finished images.</source>
        <translation>Der Ordner mit den fertigen Bildern.</translation>
    </message>
    <message>
        <source>Do it; without this option it is only shown.</source>
        <translation>Ausführen; ohne diese Option wird nur gezeigt.</translation>
    </message>
    <message>
        <source>The shares of train, val and test, as 0.7,0.2,0.1.</source>
        <translation>Die Anteile von train, val und test, etwa 0.7,0.2,0.1.</translation>
    </message>
    <message>
        <source>applied: cut them; boxes: the whole image and a box.</source>
        <translation>applied: zuschneiden; boxes: das ganze Bild und ein Rahmen.</translation>
    </message>
    <message>
        <source>The name of the release (default: from its content).</source>
        <translation>Der Name der Ausgabe (Vorgabe: aus ihrem Inhalt).</translation>
    </message>
    <message>
        <source>Images that were not picked too, as rejects.</source>
        <translation>Auch nicht gewählte Bilder, als verworfene.</translation>
    </message>
    <message>
        <source>Leave EXIF, GPS and the like in the images.</source>
        <translation>EXIF, GPS und Ähnliches in den Bildern lassen.</translation>
    </message>
    <message>
        <source>Make cells harmless that a spreadsheet would run.</source>
        <translation>Zellen entschärfen, die eine Tabellenkalkulation ausführen würde.</translation>
    </message>
    <message>
        <source>Hard links instead of copies where no byte changes.</source>
        <translation>Harte Verweise statt Kopien, wo sich kein Byte ändert.</translation>
    </message>
    <message>
        <source>Suffixes of a delivery, separated by commas.</source>
        <translation>Endungen einer Lieferung, durch Kommas getrennt.</translation>
    </message>
    <message>
        <source>Export in spite of what these checks find.</source>
        <translation>Trotz der Befunde dieser Prüfungen ausgeben.</translation>
    </message>
    <message>
        <source>Only warn of what these checks find.</source>
        <translation>Vor den Befunden dieser Prüfungen nur warnen.</translation>
    </message>
    <message>
        <source>Refuse to export when these checks find something.</source>
        <translation>Nicht ausgeben, wenn diese Prüfungen etwas finden.</translation>
    </message>
    <message>
        <source>Make a release of what is decided: --format and --to DIR or FILE.zip.</source>
        <translation>Eine Ausgabe des Entschiedenen machen: --format und --to ORDNER oder DATEI.zip.</translation>
    </message>
    <message>
        <source>Read a release again and compare every file with its manifest.</source>
        <translation>Eine Ausgabe wieder lesen und jede Datei mit ihrem Manifest vergleichen.</translation>
    </message>
    <message>
        <source>Say what differs between two releases of a project.</source>
        <translation>Sagen, worin sich zwei Ausgaben eines Projekts unterscheiden.</translation>
    </message>
    <message>
        <source>List the releases of a project.</source>
        <translation>Die Ausgaben eines Projekts auflisten.</translation>
    </message>
    <message>
        <source>Take in decision logs, decision databases and datasets.</source>
        <translation>Entscheidungsprotokolle, Entscheidungsdatenbanken und Datensätze einlesen.</translation>
    </message>
    <message>
        <source>Reconstruct decisions from originals and finished images.</source>
        <translation>Entscheidungen aus Originalen und fertigen Bildern rekonstruieren.</translation>
    </message>
    <message>
        <source>Release %1</source>
        <translation>Ausgabe %1</translation>
    </message>
    <message numerus="yes">
        <source>%n in view</source>
        <translation>
            <numerusform>%n im Blick</numerusform>
            <numerusform>%n im Blick</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n exported</source>
        <translation>
            <numerusform>%n ausgegeben</numerusform>
            <numerusform>%n ausgegeben</numerusform>
        </translation>
    </message>
    <message>
        <source>Leak: %1</source>
        <translation>Leck: %1</translation>
    </message>
    <message>
        <source>reading rows</source>
        <translation>Zeilen werden gelesen</translation>
    </message>
    <message>
        <source>looking at files</source>
        <translation>Dateien werden angesehen</translation>
    </message>
    <message>
        <source>splitting</source>
        <translation>Aufteilung</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>reading back</source>
        <translation>Zurücklesen</translation>
    </message>
    <message>
        <source>export needs --format and --to.</source>
        <translation>export braucht --format und --to.</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n file(s) read, </source>
        <translation>
            <numerusform>%1: %n Datei gelesen, </numerusform>
            <numerusform>%1: %n Dateien gelesen, </numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n Problem</numerusform>
            <numerusform>%n Probleme</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) unchanged</source>
        <translation>
            <numerusform>%n Gruppe unverändert</numerusform>
            <numerusform>%n Gruppen unverändert</numerusform>
        </translation>
    </message>
    <message>
        <source>added</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>filled</source>
        <translation>ergänzt</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>berichtigt</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>übersprungen</translation>
    </message>
    <message>
        <source>conflict</source>
        <translation>Konflikt</translation>
    </message>
    <message>
        <source>quarantined</source>
        <translation>in Quarantäne</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>(no project)</source>
        <translation>(kein Projekt)</translation>
    </message>
    <message>
        <source>Imported into %1 as import %2.</source>
        <translation>In %1 eingelesen als Import %2.</translation>
    </message>
    <message>
        <source>Nothing is new.</source>
        <translation>Nichts ist neu.</translation>
    </message>
    <message>
        <source>%1 of %2 read</source>
        <translation>%1 von %2 gelesen</translation>
    </message>
    <message>
        <source>%1 of %2 groups compared</source>
        <translation>%1 von %2 Gruppen verglichen</translation>
    </message>
    <message>
        <source>backfill needs --finals DIR.</source>
        <translation>backfill braucht --finals DIR.</translation>
    </message>
    <message>
        <source>The format: v3, jsonl, preferences, crops, yolo, yolo-cls, coco, voc, cvat, imagefolder, webdataset, csv or delivery; of an import, auto finds it out (default).</source>
        <translation>Das Format: v3, jsonl, preferences, crops, yolo, yolo-cls, coco, voc, cvat, imagefolder, webdataset, csv oder delivery; beim Import ermittelt auto es selbst (Vorgabe).</translation>
    </message>
    <message>
        <source>--dry-run shows all of it; --allow CHECKS exports in spite of what checks find.</source>
        <translation>--dry-run zeigt alles; --allow PRÜFUNGEN gibt trotz der Befunde aus.</translation>
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
        <translation>%1 ist beschädigt oder nicht, was es zu sein vorgibt. Es blieb unverändert.</translation>
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
    <message>
        <source>Not found</source>
        <translation>Nicht gefunden</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Beschädigt</translation>
    </message>
    <message>
        <source>Unknown format</source>
        <translation>Unbekanntes Format</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>Zu groß</translation>
    </message>
    <message>
        <source>Took too long</source>
        <translation>Dauerte zu lange</translation>
    </message>
    <message>
        <source>Crashed the decoder</source>
        <translation>Absturz beim Lesen</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>Nicht lesbar</translation>
    </message>
</context>
<context>
    <name>Exchange</name>
    <message>
        <source>Decision database (v3)</source>
        <translation>Entscheidungsdatenbank (v3)</translation>
    </message>
    <message>
        <source>The rows of the query, in a database of their own, for the scripts.</source>
        <translation>Die Zeilen der Abfrage in einer eigenen Datenbank, für die Skripte.</translation>
    </message>
    <message>
        <source>JSON Lines</source>
        <translation>JSON Lines</translation>
    </message>
    <message>
        <source>One row a line, in files of bounded size; any language reads it.</source>
        <translation>Eine Zeile je Entscheidung, in Dateien begrenzter Größe; jede Sprache liest sie.</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Präferenzen</translation>
    </message>
    <message>
        <source>Chosen, rejected and tied pairs for rankers and preference training.</source>
        <translation>Gewählte, verworfene und gleichwertige Paare für Ranker und Präferenztraining.</translation>
    </message>
    <message>
        <source>Crop samples</source>
        <translation>Zuschnittbeispiele</translation>
    </message>
    <message>
        <source>Box and size of each crop, for training a crop proposer.</source>
        <translation>Rechteck und Größe jedes Zuschnitts, um einen Zuschnittvorschlag zu trainieren.</translation>
    </message>
    <message>
        <source>YOLO detection</source>
        <translation>YOLO-Erkennung</translation>
    </message>
    <message>
        <source>Images with label files; Ultralytics opens data.yaml.</source>
        <translation>Bilder mit Label-Dateien; Ultralytics öffnet data.yaml.</translation>
    </message>
    <message>
        <source>YOLO classification</source>
        <translation>YOLO-Klassifikation</translation>
    </message>
    <message>
        <source>One folder a class: approve, crop, reject. Ultralytics and torchvision open it.</source>
        <translation>Ein Ordner je Klasse: approve, crop, reject. Ultralytics und torchvision öffnen ihn.</translation>
    </message>
    <message>
        <source>COCO</source>
        <translation>COCO</translation>
    </message>
    <message>
        <source>Images and one JSON a side; pycocotools and torchvision open it.</source>
        <translation>Bilder und ein JSON je Seite; pycocotools und torchvision öffnen es.</translation>
    </message>
    <message>
        <source>Pascal VOC</source>
        <translation>Pascal VOC</translation>
    </message>
    <message>
        <source>Images, one XML each and lists of the sides; torchvision opens it.</source>
        <translation>Bilder, je ein XML und Listen der Seiten; torchvision öffnet es.</translation>
    </message>
    <message>
        <source>CVAT for images</source>
        <translation>CVAT für Bilder</translation>
    </message>
    <message>
        <source>Images and one XML; CVAT imports it to go on labelling.</source>
        <translation>Bilder und ein XML; CVAT importiert es, um weiter zu beschriften.</translation>
    </message>
    <message>
        <source>Hugging Face image folder</source>
        <translation>Hugging-Face-Bildordner</translation>
    </message>
    <message>
        <source>Images with metadata.jsonl and a card; load_dataset(&quot;imagefolder&quot;) opens it.</source>
        <translation>Bilder mit metadata.jsonl und einer Karte; load_dataset(&quot;imagefolder&quot;) öffnet ihn.</translation>
    </message>
    <message>
        <source>WebDataset</source>
        <translation>WebDataset</translation>
    </message>
    <message>
        <source>Shards of tar for streaming; webdataset and datasets open it.</source>
        <translation>Tar-Stücke zum Streamen; webdataset und datasets öffnen sie.</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>One row a line for spreadsheets and pandas.</source>
        <translation>Eine Zeile je Entscheidung, für Tabellenprogramme und pandas.</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Lieferung</translation>
    </message>
    <message>
        <source>Finished files with their companions, for handing over.</source>
        <translation>Fertige Dateien mit ihren Begleitdateien, zum Übergeben.</translation>
    </message>
    <message>
        <source>Decision log (CSV of the scripts)</source>
        <translation>Entscheidungsprotokoll (CSV der Skripte)</translation>
    </message>
    <message>
        <source>Decision database</source>
        <translation>Entscheidungsdatenbank</translation>
    </message>
    <message>
        <source>labelme</source>
        <translation>labelme</translation>
    </message>
    <message>
        <source>CSV with a column map</source>
        <translation>CSV mit Zuordnung der Spalten</translation>
    </message>
    <message>
        <source>Folders of classes</source>
        <translation>Ordner je Klasse</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Warn</source>
        <translation>Warnen</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>Zulassen</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Hinzugefügt</translation>
    </message>
    <message>
        <source>Filled in</source>
        <translation>Ergänzt</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>Korrigiert</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>Übersprungen</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>Konflikt</translation>
    </message>
    <message>
        <source>Quarantined</source>
        <translation>In Quarantäne</translation>
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
        <source>Undecided</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Skipped for later</source>
        <translation>Für später übersprungen</translation>
    </message>
    <message>
        <source>Tie</source>
        <translation>Gleichstand</translation>
    </message>
    <message>
        <source>Cannot judge</source>
        <translation>Nicht zu beurteilen</translation>
    </message>
    <message>
        <source>Rejected: the format has no place for them</source>
        <translation>Verworfen: Das Format hat dafür keinen Platz</translation>
    </message>
    <message>
        <source>No choice: fewer than two images</source>
        <translation>Keine Wahl: weniger als zwei Bilder</translation>
    </message>
    <message>
        <source>The crop is still open</source>
        <translation>Der Zuschnitt steht noch aus</translation>
    </message>
    <message>
        <source>Kept whole, without a crop</source>
        <translation>Ganz behalten, ohne Zuschnitt</translation>
    </message>
    <message>
        <source>The crop is only a placeholder</source>
        <translation>Der Zuschnitt ist nur ein Platzhalter</translation>
    </message>
    <message>
        <source>The row makes no sense</source>
        <translation>Die Zeile ergibt keinen Sinn</translation>
    </message>
    <message>
        <source>The same group id a second time</source>
        <translation>Dieselbe Gruppen-ID ein zweites Mal</translation>
    </message>
    <message>
        <source>Its images are not known</source>
        <translation>Ihre Bilder sind nicht bekannt</translation>
    </message>
    <message>
        <source>The file is missing</source>
        <translation>Die Datei fehlt</translation>
    </message>
    <message>
        <source>The file has changed since the decision</source>
        <translation>Die Datei hat sich seit der Entscheidung geändert</translation>
    </message>
    <message>
        <source>The image cannot be read</source>
        <translation>Das Bild lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>Choosing the groups</source>
        <translation>Gruppen werden gewählt</translation>
    </message>
    <message>
        <source>Reading the images</source>
        <translation>Bilder werden gelesen</translation>
    </message>
    <message>
        <source>Splitting</source>
        <translation>Aufteilung</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Wird geschrieben</translation>
    </message>
    <message>
        <source>Reading it back</source>
        <translation>Wird zurückgelesen</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Entfernt</translation>
    </message>
    <message>
        <source>Decided otherwise</source>
        <translation>Anders entschieden</translation>
    </message>
    <message>
        <source>Cropped otherwise</source>
        <translation>Anders zugeschnitten</translation>
    </message>
    <message>
        <source>Moved to another side</source>
        <translation>Auf eine andere Seite gewechselt</translation>
    </message>
    <message>
        <source>same group</source>
        <translation>gleiche Gruppe</translation>
    </message>
    <message>
        <source>same bytes</source>
        <translation>gleiche Bytes</translation>
    </message>
    <message>
        <source>looks alike</source>
        <translation>sieht gleich aus</translation>
    </message>
    <message>
        <source>same companion</source>
        <translation>gleiche Begleitdatei</translation>
    </message>
    <message>
        <source>same source</source>
        <translation>gleiche Quelle</translation>
    </message>
    <message>
        <source>%1 in view = %2 exported + %3 left out</source>
        <translation>%1 betrachtet = %2 exportiert + %3 ausgelassen</translation>
    </message>
    <message>
        <source>%1 (published as %2)</source>
        <translation>%1 (veröffentlicht als %2)</translation>
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
    <message>
        <source>Tie</source>
        <translation>Gleichstand</translation>
    </message>
    <message>
        <source>Cannot judge</source>
        <translation>Nicht zu beurteilen</translation>
    </message>
    <message>
        <source>Skipped for later</source>
        <translation>Für später übersprungen</translation>
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
    <message>
        <source>unpacking of PNG</source>
        <translation>Entpacken von PNG</translation>
    </message>
    <message>
        <source>HEIF and AVIF</source>
        <translation>HEIF und AVIF</translation>
    </message>
    <message>
        <source>JPEG XL</source>
        <translation>JPEG XL</translation>
    </message>
    <message>
        <source>Image formats that this build opens:</source>
        <translation>Bildformate, die diese Fassung öffnet:</translation>
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
    <name>KeyPresets</name>
    <message>
        <source>The scripts&apos; map</source>
        <translation>Wie die Skripte</translation>
    </message>
    <message>
        <source>Like Lightroom</source>
        <translation>Wie Lightroom</translation>
    </message>
    <message>
        <source>Like Prodigy</source>
        <translation>Wie Prodigy</translation>
    </message>
    <message>
        <source>Left hand</source>
        <translation>Linke Hand</translation>
    </message>
    <message>
        <source>Right hand</source>
        <translation>Rechte Hand</translation>
    </message>
    <message>
        <source>Number pad</source>
        <translation>Ziffernblock</translation>
    </message>
    <message>
        <source>there is no action &quot;%1&quot;</source>
        <translation>es gibt keine Aktion „%1“</translation>
    </message>
    <message>
        <source>the action &quot;%1&quot; is there twice</source>
        <translation>die Aktion „%1“ steht zweimal da</translation>
    </message>
    <message>
        <source>there is no key &quot;%1&quot;</source>
        <translation>es gibt keine Taste „%1“</translation>
    </message>
    <message>
        <source>Line %1: %2.</source>
        <translation>Zeile %1: %2.</translation>
    </message>
    <message>
        <source>Two actions share a key: %1.</source>
        <translation>Zwei Aktionen teilen sich eine Taste: %1.</translation>
    </message>
</context>
<context>
    <name>LightTable</name>
    <message>
        <source>unlocked</source>
        <translation>für sich</translation>
    </message>
</context>
<context>
    <name>Quality</name>
    <message>
        <source>Sharpness of the subject</source>
        <translation>Schärfe des Motivs</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>Schärfe</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>Rauschen</translation>
    </message>
    <message>
        <source>Banding</source>
        <translation>Streifen</translation>
    </message>
    <message>
        <source>Blockiness</source>
        <translation>Blockartefakte</translation>
    </message>
    <message>
        <source>Black and white clipping</source>
        <translation>Ausgefressenes und Abgesoffenes</translation>
    </message>
    <message>
        <source>Distance from middle exposure</source>
        <translation>Abstand von mittlerer Belichtung</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Kontrast</translation>
    </message>
    <message>
        <source>Colourfulness</source>
        <translation>Farbigkeit</translation>
    </message>
    <message>
        <source>Looks upscaled</source>
        <translation>Wirkt hochskaliert</translation>
    </message>
    <message>
        <source>Resolution (megapixels)</source>
        <translation>Auflösung (Megapixel)</translation>
    </message>
    <message>
        <source>Confidence of the model</source>
        <translation>Sicherheit des Modells</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>at the top</source>
        <translation>oben</translation>
    </message>
    <message>
        <source>at the bottom</source>
        <translation>unten</translation>
    </message>
    <message>
        <source>on the left</source>
        <translation>links</translation>
    </message>
    <message>
        <source>on the right</source>
        <translation>rechts</translation>
    </message>
    <message>
        <source>%1 against %2 of picture %3</source>
        <translation>%1 gegen %2 bei Bild %3</translation>
    </message>
    <message>
        <source>sharper subject</source>
        <translation>schärferes Motiv</translation>
    </message>
    <message>
        <source>softer subject</source>
        <translation>weicheres Motiv</translation>
    </message>
    <message>
        <source>sharper</source>
        <translation>schärfer</translation>
    </message>
    <message>
        <source>softer</source>
        <translation>weicher</translation>
    </message>
    <message>
        <source>less noise</source>
        <translation>weniger Rauschen</translation>
    </message>
    <message>
        <source>more noise</source>
        <translation>mehr Rauschen</translation>
    </message>
    <message>
        <source>less banding</source>
        <translation>weniger Streifen</translation>
    </message>
    <message>
        <source>more banding</source>
        <translation>mehr Streifen</translation>
    </message>
    <message>
        <source>fewer compression blocks</source>
        <translation>weniger Kompressionsblöcke</translation>
    </message>
    <message>
        <source>more compression blocks</source>
        <translation>mehr Kompressionsblöcke</translation>
    </message>
    <message>
        <source>less clipping</source>
        <translation>weniger Ausgefressenes</translation>
    </message>
    <message>
        <source>more clipping</source>
        <translation>mehr Ausgefressenes</translation>
    </message>
    <message>
        <source>better exposed</source>
        <translation>besser belichtet</translation>
    </message>
    <message>
        <source>worse exposed</source>
        <translation>schlechter belichtet</translation>
    </message>
    <message>
        <source>more contrast</source>
        <translation>mehr Kontrast</translation>
    </message>
    <message>
        <source>less contrast</source>
        <translation>weniger Kontrast</translation>
    </message>
    <message>
        <source>richer colours</source>
        <translation>kräftigere Farben</translation>
    </message>
    <message>
        <source>paler colours</source>
        <translation>blassere Farben</translation>
    </message>
    <message>
        <source>more true detail</source>
        <translation>mehr echte Einzelheiten</translation>
    </message>
    <message>
        <source>looks upscaled</source>
        <translation>wirkt hochskaliert</translation>
    </message>
    <message>
        <source>more pixels</source>
        <translation>mehr Pixel</translation>
    </message>
    <message>
        <source>fewer pixels</source>
        <translation>weniger Pixel</translation>
    </message>
</context>
<context>
    <name>ReportView</name>
    <message>
        <source>Trained on %1 groups (%2 pairs), measured on %3 others.</source>
        <translation>Trainiert an %1 Gruppen (%2 Paare), gemessen an %3 anderen.</translation>
    </message>
    <message>
        <source>Trained on %1 images, measured on %2 others.</source>
        <translation>Trainiert an %1 Bildern, gemessen an %2 anderen.</translation>
    </message>
    <message>
        <source>Left out: %1.</source>
        <translation>Ausgelassen: %1.</translation>
    </message>
    <message>
        <source>Embeddings: %1</source>
        <translation>Einbettungen: %1</translation>
    </message>
    <message>
        <source>File: %1, SHA-256 %2...</source>
        <translation>Datei: %1, SHA-256 %2 ...</translation>
    </message>
    <message>
        <source>Data: %1...</source>
        <translation>Daten: %1 ...</translation>
    </message>
</context>
<context>
    <name>Retraining</name>
    <message>
        <source>The ranker was not trained: %1</source>
        <translation>Das Auswahlmodell wurde nicht trainiert: %1</translation>
    </message>
    <message numerus="yes">
        <source>%1 was trained: %2 of the picks of the hold-out are right, with %3 it was %4 (%n group(s)).</source>
        <translation>
            <numerusform>%1 ist trainiert: %2 der Prüfgruppen sind richtig gewählt, mit %3 waren es %4 (%n Gruppe).</numerusform>
            <numerusform>%1 ist trainiert: %2 der Prüfgruppen sind richtig gewählt, mit %3 waren es %4 (%n Gruppen).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 was trained: %2 of the picks of the hold-out are right (%n group(s)).</source>
        <translation>
            <numerusform>%1 ist trainiert: %2 der Prüfgruppen sind richtig gewählt (%n Gruppe).</numerusform>
            <numerusform>%1 ist trainiert: %2 der Prüfgruppen sind richtig gewählt (%n Gruppen).</numerusform>
        </translation>
    </message>
    <message>
        <source>It suggests from now on.</source>
        <translation>Von jetzt an schlägt es vor.</translation>
    </message>
    <message>
        <source>It is not used: %1</source>
        <translation>Es wird nicht benutzt: %1</translation>
    </message>
</context>
<context>
    <name>Sections</name>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Single images</source>
        <translation>Einzelne Bilder</translation>
    </message>
    <message>
        <source>Sets to be split</source>
        <translation>Aufzuteilende Serien</translation>
    </message>
    <message>
        <source>Rows without images</source>
        <translation>Zeilen ohne Bilder</translation>
    </message>
    <message>
        <source>Not decided</source>
        <translation>Nicht entschieden</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Nicht bekannt</translation>
    </message>
    <message>
        <source>Stage %1</source>
        <translation>Stufe %1</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n Bild</numerusform>
            <numerusform>%n Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 % sure and more</source>
        <translation>zu %1 % sicher und mehr</translation>
    </message>
    <message>
        <source>Another picture was chosen</source>
        <translation>Ein anderes Bild wurde gewählt</translation>
    </message>
    <message>
        <source>Another crop was chosen</source>
        <translation>Ein anderer Zuschnitt wurde gewählt</translation>
    </message>
    <message>
        <source>Most representative first</source>
        <translation>Die repräsentativsten zuerst</translation>
    </message>
    <message>
        <source>Look-alikes %1</source>
        <translation>Doppelgänger %1</translation>
    </message>
    <message>
        <source>Most similar first</source>
        <translation>Die ähnlichsten zuerst</translation>
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
    <message>
        <source>Decision of many groups</source>
        <translation>Entscheidung vieler Gruppen</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>Markierung</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>Release published</source>
        <translation>Ausgabe veröffentlicht</translation>
    </message>
    <message>
        <source>Release withdrawn</source>
        <translation>Ausgabe zurückgezogen</translation>
    </message>
</context>
<context>
    <name>SuggestionText</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>Zuschnitt</translation>
    </message>
    <message>
        <source>proposed, shown</source>
        <translation>vorgeschlagen, gezeigt</translation>
    </message>
    <message>
        <source>Because</source>
        <translation>Weil</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>held back, to measure whether suggestions lead people</source>
        <translation>zurückgehalten, um zu messen, ob Vorschläge Menschen leiten</translation>
    </message>
    <message>
        <source>held back, below your bar</source>
        <translation>zurückgehalten, unter Ihrer Schwelle</translation>
    </message>
    <message>
        <source>held back, the model was suspended</source>
        <translation>zurückgehalten, das Modell war ausgesetzt</translation>
    </message>
    <message>
        <source>not on the screen when you decided</source>
        <translation>nicht auf dem Bildschirm, als Sie entschieden</translation>
    </message>
    <message>
        <source>Was</source>
        <translation>War</translation>
    </message>
    <message numerus="yes">
        <source>suspended since %1: of the last %n shown, people agreed with %2, less than your bar of %3</source>
        <translation>
            <numerusform>ausgesetzt seit %1: Vom letzten gezeigten wurden %2 gewählt, weniger als Ihre Schwelle von %3</numerusform>
            <numerusform>ausgesetzt seit %1: Von den letzten %n gezeigten wurden %2 gewählt, weniger als Ihre Schwelle von %3</numerusform>
        </translation>
    </message>
    <message>
        <source>no model yet: train one in Models</source>
        <translation>noch kein Modell: Trainieren Sie eines unter Modelle</translation>
    </message>
    <message>
        <source>being computed</source>
        <translation>wird berechnet</translation>
    </message>
    <message>
        <source>waits until you pause</source>
        <translation>wartet, bis Sie innehalten</translation>
    </message>
    <message>
        <source>below your bar of %1</source>
        <translation>unter Ihrer Schwelle von %1</translation>
    </message>
    <message>
        <source>suspended</source>
        <translation>ausgesetzt</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keiner</translation>
    </message>
</context>
<context>
    <name>WorkPace</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2 of %3</source>
        <translation>%1: %2 von %3</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
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
    <name>ps::BatchDialog</name>
    <message>
        <source>Reject every group</source>
        <translation>Jede Gruppe verwerfen</translation>
    </message>
    <message>
        <source>Keep picture %1 of each group</source>
        <translation>Bild %1 jeder Gruppe behalten</translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s) decided for the first time</source>
        <translation>
            <numerusform>%Ln Gruppe zum ersten Mal entschieden</numerusform>
            <numerusform>%Ln Gruppen zum ersten Mal entschieden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln decision(s) changed:</source>
        <translation>
            <numerusform>%Ln Entscheidung geändert:</numerusform>
            <numerusform>%Ln Entscheidungen geändert:</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 so far: %L2</source>
        <translation>bisher „%1“: %L2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s) left as they are:</source>
        <translation>
            <numerusform>%Ln Gruppe bleibt, wie sie ist:</numerusform>
            <numerusform>%Ln Gruppen bleiben, wie sie sind:</numerusform>
        </translation>
    </message>
    <message>
        <source>No group of the selection can be decided like this.</source>
        <translation>Keine der ausgewählten Gruppen lässt sich so entscheiden.</translation>
    </message>
    <message numerus="yes">
        <source>Decide %Ln group(s)</source>
        <translation>
            <numerusform>%Ln Gruppe entscheiden</numerusform>
            <numerusform>%Ln Gruppen entscheiden</numerusform>
        </translation>
    </message>
    <message>
        <source>All of it is one step, and one undo takes it back.</source>
        <translation>Das Ganze ist ein Schritt, und einmal Rückgängig nimmt es zurück.</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Entscheiden</translation>
    </message>
    <message>
        <source>Looking at the selected groups ...</source>
        <translation>Ausgewählte Gruppen werden angesehen ...</translation>
    </message>
    <message>
        <source>Deciding. Until it is done nothing is changed.</source>
        <translation>Wird entschieden. Bis zum Ende ändert sich nichts.</translation>
    </message>
</context>
<context>
    <name>ps::BrowseView</name>
    <message>
        <source>Review</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open the current group in Review</source>
        <translation>Die aktuelle Gruppe zum Entscheiden öffnen</translation>
    </message>
    <message>
        <source>Decide...</source>
        <translation>Entscheiden...</translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s) decided. One undo takes all of it back.</source>
        <translation>
            <numerusform>%Ln Gruppe entschieden. Einmal Rückgängig nimmt alles zurück.</numerusform>
            <numerusform>%Ln Gruppen entschieden. Einmal Rückgängig nimmt alles zurück.</numerusform>
        </translation>
    </message>
    <message>
        <source>No project is open</source>
        <translation>Kein Projekt ist geöffnet</translation>
    </message>
    <message>
        <source>Open a folder, a database or the demo from the File menu.</source>
        <translation>Öffnen Sie einen Ordner, eine Datenbank oder die Demo im Menü „Datei“.</translation>
    </message>
    <message>
        <source>No group matches the filter</source>
        <translation>Keine Gruppe passt zum Filter</translation>
    </message>
    <message>
        <source>Choose All to see every group again.</source>
        <translation>„Alle“ zeigt wieder jede Gruppe.</translation>
    </message>
    <message>
        <source>There are no images here yet</source>
        <translation>Hier gibt es noch keine Bilder</translation>
    </message>
    <message>
        <source>Put images into the folder of the project, then look for new images (F5).</source>
        <translation>Legen Sie Bilder in den Ordner des Projekts, und suchen Sie dann nach neuen Bildern (F5).</translation>
    </message>
    <message>
        <source>%1 groups selected</source>
        <translation>%1 Gruppen ausgewählt</translation>
    </message>
    <message>
        <source>This group: %1</source>
        <translation>Diese Gruppe: %1</translation>
    </message>
    <message>
        <source>Decide all...</source>
        <translation>Alle entscheiden...</translation>
    </message>
    <message>
        <source>At most %1 groups are decided at once. Select fewer.</source>
        <translation>Höchstens %1 Gruppen werden auf einmal entschieden. Wählen Sie weniger aus.</translation>
    </message>
    <message>
        <source>Not decided: %1</source>
        <translation>Nicht entschieden: %1</translation>
    </message>
    <message>
        <source>The files of at most %1 groups are copied at once. Select fewer.</source>
        <translation>Die Dateien von höchstens %1 Gruppen werden auf einmal kopiert. Wählen Sie weniger aus.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) copied.</source>
        <translation>
            <numerusform>%Ln Datei kopiert.</numerusform>
            <numerusform>%Ln Dateien kopiert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln name(s) copied.</source>
        <translation>
            <numerusform>%Ln Name kopiert.</numerusform>
            <numerusform>%Ln Namen kopiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Open in Review</source>
        <translation>Zum Entscheiden öffnen</translation>
    </message>
    <message>
        <source>Similar groups, the most similar first. All shows every group again.</source>
        <translation>Ähnliche Gruppen, die ähnlichste zuerst. „Alle“ zeigt wieder jede Gruppe.</translation>
    </message>
</context>
<context>
    <name>ps::ChartView</name>
    <message>
        <source>Copy numbers (CSV)</source>
        <translation>Zahlen kopieren (CSV)</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>Bild kopieren</translation>
    </message>
</context>
<context>
    <name>ps::CheckRules</name>
    <message>
        <source>Rule for: %1</source>
        <translation>Regel für: %1</translation>
    </message>
    <message>
        <source>Block: no export while it finds something. Warn: exported, and said. Allow: exported. The release records what was allowed.</source>
        <translation>Sperren: kein Export, solange sie etwas findet. Warnen: Es wird exportiert und gemeldet. Zulassen: Es wird exportiert. Die Ausgabe hält fest, was zugelassen war.</translation>
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
    <name>ps::ContactSheet</name>
    <message>
        <source>Contact sheet</source>
        <translation>Kontaktbogen</translation>
    </message>
    <message>
        <source>Group %1 of %2</source>
        <translation>Gruppe %1 von %2</translation>
    </message>
    <message>
        <source>selected</source>
        <translation>ausgewählt</translation>
    </message>
    <message>
        <source>not selected</source>
        <translation>nicht ausgewählt</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n Bild</numerusform>
            <numerusform>%n Bilder</numerusform>
        </translation>
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
    <message>
        <source>must keep</source>
        <translation>muss bleiben</translation>
    </message>
    <message>
        <source>may keep</source>
        <translation>darf bleiben</translation>
    </message>
</context>
<context>
    <name>ps::CropEditor</name>
    <message>
        <source>Draw the crop first, or press %1 to keep the whole picture.</source>
        <translation>Zeichnen Sie zuerst den Zuschnitt, oder drücken Sie %1, um das ganze Bild zu behalten.</translation>
    </message>
    <message>
        <source>No crop was confirmed before.</source>
        <translation>Es wurde noch kein Zuschnitt bestätigt.</translation>
    </message>
    <message>
        <source>the crop box</source>
        <translation>der Ausschnitt</translation>
    </message>
    <message>
        <source>what must be kept</source>
        <translation>was bleiben muss</translation>
    </message>
    <message>
        <source>what may be kept</source>
        <translation>was bleiben darf</translation>
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
    <name>ps::DiffModel</name>
    <message>
        <source>%1, image %2</source>
        <translation>%1, Bild %2</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>IoU</source>
        <translation>IoU</translation>
    </message>
    <message>
        <source>From %1 to %2</source>
        <translation>Von %1 zu %2</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>Unverändert</translation>
    </message>
    <message>
        <source>The first %1 changes; all of them are in the JSON.</source>
        <translation>Die ersten %1 Änderungen; alle stehen im JSON.</translation>
    </message>
</context>
<context>
    <name>ps::DiffPage</name>
    <message>
        <source>Save as...</source>
        <translation>Speichern unter...</translation>
    </message>
    <message>
        <source>Save what differs as a page (HTML) or for programs (JSON).</source>
        <translation>Die Unterschiede als Seite (HTML) oder für Programme (JSON) speichern.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Back to the facts of the release.</source>
        <translation>Zurück zu den Angaben der Ausgabe.</translation>
    </message>
    <message>
        <source>Which changes</source>
        <translation>Welche Änderungen</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>From %1 to %2</source>
        <translation>Von %1 zu %2</translation>
    </message>
    <message>
        <source>nothing differs</source>
        <translation>kein Unterschied</translation>
    </message>
    <message>
        <source>All changes (%1)</source>
        <translation>Alle Änderungen (%1)</translation>
    </message>
    <message>
        <source>Unchanged: %1</source>
        <translation>Unverändert: %1</translation>
    </message>
    <message>
        <source>Save what differs</source>
        <translation>Unterschiede speichern</translation>
    </message>
    <message>
        <source>Page (*.html);;JSON (*.json)</source>
        <translation>HTML-Seite (*.html);;JSON (*.json)</translation>
    </message>
</context>
<context>
    <name>ps::EmbeddingsRow</name>
    <message>
        <source>Images with embeddings</source>
        <translation>Bilder mit Einbettungen</translation>
    </message>
    <message>
        <source>Ends at the next safe place...</source>
        <translation>Endet an der nächsten sicheren Stelle ...</translation>
    </message>
    <message>
        <source>Paused. What is computed is kept.</source>
        <translation>Angehalten. Was berechnet ist, bleibt.</translation>
    </message>
    <message numerus="yes">
        <source>△ %Ln image(s) could not be read.</source>
        <translation>
            <numerusform>△ %Ln Bild war nicht lesbar.</numerusform>
            <numerusform>△ %Ln Bilder waren nicht lesbar.</numerusform>
        </translation>
    </message>
    <message>
        <source>Computing in the background...</source>
        <translation>Wird im Hintergrund berechnet ...</translation>
    </message>
    <message>
        <source>%1 images/s, %2 left</source>
        <translation>%1 Bilder/s, noch %2</translation>
    </message>
    <message>
        <source>Embeddings: being counted...</source>
        <translation>Einbettungen: werden gezählt ...</translation>
    </message>
    <message>
        <source>Embeddings: %1 of %2 images</source>
        <translation>Einbettungen: %1 von %2 Bildern</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Compute the missing</source>
        <translation>Fehlende berechnen</translation>
    </message>
</context>
<context>
    <name>ps::ExportForm</name>
    <message>
        <source>Every decided group</source>
        <translation>Jede entschiedene Gruppe</translation>
    </message>
    <message>
        <source>Which groups</source>
        <translation>Welche Gruppen</translation>
    </message>
    <message>
        <source>The same words as in the filter of Browse, for example: state:approved stage&gt;=2</source>
        <translation>Dieselben Wörter wie im Filter der Übersicht, zum Beispiel: state:approved stage&gt;=2</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Whole image, the crop as a box</source>
        <translation>Ganzes Bild, der Zuschnitt als Rechteck</translation>
    </message>
    <message>
        <source>Cut to the crop</source>
        <translation>Auf den Zuschnitt beschneiden</translation>
    </message>
    <message>
        <source>Crops</source>
        <translation>Zuschnitte</translation>
    </message>
    <message>
        <source>A box of the class &quot;crop&quot; lets a detector learn it. Cutting uses the pixels inside the crop only; nothing else is encoded again.</source>
        <translation>Aus einem Rechteck der Klasse „crop“ kann ein Detektor lernen. Beim Beschneiden bleiben nur die Pixel im Zuschnitt; sonst wird nichts neu kodiert.</translation>
    </message>
    <message>
        <source>Also images that were not kept</source>
        <translation>Auch Bilder, die nicht behalten wurden</translation>
    </message>
    <message>
        <source>The other images of kept groups count as rejected.</source>
        <translation>Die übrigen Bilder behaltener Gruppen zählen als verworfen.</translation>
    </message>
    <message>
        <source>Keep EXIF and other metadata</source>
        <translation>EXIF und andere Metadaten behalten</translation>
    </message>
    <message>
        <source>Places, serial numbers and names are otherwise removed; the pixels stay the same.</source>
        <translation>Orte, Seriennummern und Namen werden sonst entfernt; die Pixel bleiben gleich.</translation>
    </message>
    <message>
        <source>Link files instead of copying</source>
        <translation>Dateien verknüpfen statt kopieren</translation>
    </message>
    <message>
        <source>Hard links, where no byte has to change. Whoever edits such a file edits the original too.</source>
        <translation>Harte Links, wo sich kein Byte ändern muss. Wer eine solche Datei bearbeitet, bearbeitet auch das Original.</translation>
    </message>
    <message>
        <source>Split into train, validation and test</source>
        <translation>In Training, Validierung und Test aufteilen</translation>
    </message>
    <message>
        <source>Groups, equal files, look-alikes and companions stay together, and what was published once never changes its side.</source>
        <translation>Gruppen, gleiche Dateien, Doppelgänger und Begleitdateien bleiben zusammen, und was einmal veröffentlicht ist, wechselt nie die Seite.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>The same seed and the same images give the same sides, on any machine.</source>
        <translation>Derselbe Startwert und dieselben Bilder ergeben auf jedem Rechner dieselben Seiten.</translation>
    </message>
    <message>
        <source>Safe for spreadsheets</source>
        <translation>Sicher für Tabellenprogramme</translation>
    </message>
    <message>
        <source>Cells that a spreadsheet would run as a formula get an apostrophe in front; reading such a file back needs the same option. Off, every byte is as it was.</source>
        <translation>Zellen, die ein Tabellenprogramm als Formel ausführen würde, bekommen einen Apostroph vorangestellt; zum Wiedereinlesen braucht es dieselbe Einstellung. Ohne sie ist jedes Byte, wie es war.</translation>
    </message>
    <message>
        <source>The usual ones</source>
        <translation>Die üblichen</translation>
    </message>
    <message>
        <source>File endings that may go out</source>
        <translation>Dateiendungen, die hinausdürfen</translation>
    </message>
    <message>
        <source>Endings, separated by commas, for example: png,yaml,caption. Everything else stays here.</source>
        <translation>Endungen, durch Kommas getrennt, zum Beispiel: png,yaml,caption. Alles andere bleibt hier.</translation>
    </message>
    <message>
        <source>Where to</source>
        <translation>Wohin</translation>
    </message>
    <message>
        <source>A folder</source>
        <translation>Ein Ordner</translation>
    </message>
    <message>
        <source>A zip archive</source>
        <translation>Ein Zip-Archiv</translation>
    </message>
    <message>
        <source>Folder or zip archive</source>
        <translation>Ordner oder Zip-Archiv</translation>
    </message>
    <message>
        <source>In the folder</source>
        <translation>Im Ordner</translation>
    </message>
    <message>
        <source>The release is made inside this folder, under its name.</source>
        <translation>Die Ausgabe entsteht in diesem Ordner, unter ihrem Namen.</translation>
    </message>
    <message>
        <source>Choose the folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>Name of the release</source>
        <translation>Name der Ausgabe</translation>
    </message>
    <message>
        <source>It names the folder or archive, and stands in its manifest. A name is used only once.</source>
        <translation>Er benennt den Ordner oder das Archiv und steht im Manifest. Ein Name wird nur einmal verwendet.</translation>
    </message>
    <message>
        <source>Samples of one shard</source>
        <translation>Beispiele je Stück</translation>
    </message>
    <message>
        <source>Lines of one file</source>
        <translation>Zeilen je Datei</translation>
    </message>
    <message>
        <source>The choice of groups cannot be read.</source>
        <translation>Die Wahl der Gruppen ist nicht lesbar.</translation>
    </message>
    <message>
        <source>Choose the folder that the release goes to.</source>
        <translation>Wählen Sie den Ordner, in den die Ausgabe kommt.</translation>
    </message>
    <message>
        <source>A name has no slash.</source>
        <translation>Ein Name hat keinen Schrägstrich.</translation>
    </message>
    <message>
        <source>The project is only viewed: sides cannot be stored, so there is no split.</source>
        <translation>Das Projekt wird nur betrachtet: Seiten lassen sich nicht speichern, deshalb gibt es keine Aufteilung.</translation>
    </message>
</context>
<context>
    <name>ps::ExportView</name>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>New release</source>
        <translation>Neue Ausgabe</translation>
    </message>
    <message>
        <source>Releases</source>
        <translation>Ausgaben</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Nachprüfen</translation>
    </message>
    <message>
        <source>Read every file again and compare it with the manifest.</source>
        <translation>Jede Datei erneut lesen und mit dem Manifest vergleichen.</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <translation>Fortschritt des Exports</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Nothing appears under the name of the release; what is done is used again next time.</source>
        <translation>Unter dem Namen der Ausgabe erscheint nichts; was fertig ist, wird beim nächsten Mal verwendet.</translation>
    </message>
    <message>
        <source>Open a project first.</source>
        <translation>Öffnen Sie zuerst ein Projekt.</translation>
    </message>
    <message>
        <source>This choice cannot be exported; the reason stands above.</source>
        <translation>Diese Wahl lässt sich nicht exportieren; der Grund steht oben.</translation>
    </message>
    <message>
        <source>The counts are being worked out.</source>
        <translation>Die Zahlen werden ermittelt.</translation>
    </message>
    <message>
        <source>A leak between the sides forbids it: see the chain of images above.</source>
        <translation>Eine Überschneidung der Seiten verbietet es: siehe die Kette der Bilder oben.</translation>
    </message>
    <message>
        <source>Blocked by a check: %1 Solve it in Inspect, or choose another rule above.</source>
        <translation>Von einer Prüfung gesperrt: %1 Lösen Sie es unter Prüfen, oder wählen Sie oben eine andere Regel.</translation>
    </message>
    <message>
        <source>There is nothing to export yet: decide groups in Review first.</source>
        <translation>Es gibt noch nichts zu exportieren: Entscheiden Sie zuerst Gruppen.</translation>
    </message>
    <message>
        <source>Nothing is left to export of this choice.</source>
        <translation>Von dieser Wahl bleibt nichts zu exportieren.</translation>
    </message>
    <message>
        <source>%1 is there already in that folder. Nothing is replaced: choose another name.</source>
        <translation>%1 gibt es in diesem Ordner schon. Nichts wird ersetzt: Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>Stops at the next safe place...</source>
        <translation>Hält an der nächsten sicheren Stelle an...</translation>
    </message>
    <message>
        <source>Beginning...</source>
        <translation>Beginnt...</translation>
    </message>
    <message>
        <source>%1 is published and was read back: %2 groups, %3 images, %4 files, %5.</source>
        <translation>%1 ist veröffentlicht und wurde zurückgelesen: %2 Gruppen, %3 Bilder, %4 Dateien, %5.</translation>
    </message>
    <message>
        <source>%1 is published.</source>
        <translation>%1 ist veröffentlicht.</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was published.</source>
        <translation>Abgebrochen. Es wurde nichts veröffentlicht.</translation>
    </message>
</context>
<context>
    <name>ps::FilterBar</name>
    <message>
        <source>Project order</source>
        <translation>Projektreihenfolge</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Date of decision</source>
        <translation>Entscheidungsdatum</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Number of images</source>
        <translation>Anzahl der Bilder</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>Schärfe</translation>
    </message>
    <message>
        <source>Filter: name, state:undecided, images&gt;2 ...</source>
        <translation>Filter: Name, state:undecided, images&gt;2 ...</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>What can be filtered for</source>
        <translation>Wonach gefiltert werden kann</translation>
    </message>
    <message>
        <source>Order of the list</source>
        <translation>Reihenfolge der Liste</translation>
    </message>
    <message>
        <source>One picture for each group</source>
        <translation>Ein Bild je Gruppe</translation>
    </message>
    <message>
        <source>All candidates of each group</source>
        <translation>Alle Varianten jeder Gruppe</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Size of the pictures</source>
        <translation>Größe der Bilder</translation>
    </message>
    <message>
        <source>Decided groups stay where they are until the list is made anew.</source>
        <translation>Entschiedene Gruppen bleiben an ihrem Platz, bis die Liste neu gemacht wird.</translation>
    </message>
    <message>
        <source>This filter cannot be read: %1</source>
        <translation>Dieser Filter lässt sich nicht lesen: %1</translation>
    </message>
    <message>
        <source>Order: %1</source>
        <translation>Reihenfolge: %1</translation>
    </message>
    <message>
        <source>Last first. Press for the other way round.</source>
        <translation>Letzte zuerst. Ein Klick kehrt die Reihenfolge um.</translation>
    </message>
    <message>
        <source>First first. Press for the other way round.</source>
        <translation>Erste zuerst. Ein Klick kehrt die Reihenfolge um.</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Looking ...</source>
        <translation>Suche läuft ...</translation>
    </message>
    <message numerus="yes">
        <source>%Ln shown</source>
        <translation>
            <numerusform>%Ln gezeigt</numerusform>
            <numerusform>%Ln gezeigt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n geändert</numerusform>
            <numerusform>%n geändert</numerusform>
        </translation>
    </message>
    <message>
        <source>Least sure suggestion</source>
        <translation>Unsicherster Vorschlag</translation>
    </message>
    <message>
        <source>Disagreement with the suggestion</source>
        <translation>Abweichung vom Vorschlag</translation>
    </message>
    <message>
        <source>Most representative</source>
        <translation>Repräsentativste</translation>
    </message>
    <message>
        <source>Look-alikes</source>
        <translation>Doppelgänger</translation>
    </message>
    <message>
        <source>Similarity</source>
        <translation>Ähnlichkeit</translation>
    </message>
    <message>
        <source>Blurry, dark, noisy ...: what is worth a second look (Q)</source>
        <translation>Unscharf, dunkel, verrauscht ...: was einen zweiten Blick lohnt (Q)</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Only these groups are listed. Choose it to see all again.</source>
        <translation>Nur diese Gruppen sind aufgelistet. Wählen Sie es, um wieder alle zu sehen.</translation>
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
    <name>ps::FormatList</name>
    <message>
        <source>Format</source>
        <translation>Format</translation>
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
    <name>ps::ImportController</name>
    <message>
        <source>Reading</source>
        <translation>Wird gelesen</translation>
    </message>
    <message>
        <source>Applying</source>
        <translation>Wird übernommen</translation>
    </message>
</context>
<context>
    <name>ps::ImportDetail</name>
    <message>
        <source>The open project does not have this image.</source>
        <translation>Das offene Projekt hat dieses Bild nicht.</translation>
    </message>
    <message>
        <source>As it stands in the source</source>
        <translation>So steht es in der Quelle</translation>
    </message>
    <message>
        <source>Before: %1</source>
        <translation>Vorher: %1</translation>
    </message>
    <message>
        <source>After: %1</source>
        <translation>Nachher: %1</translation>
    </message>
</context>
<context>
    <name>ps::ImportForm</name>
    <message>
        <source>Read</source>
        <translation>Lesen</translation>
    </message>
    <message>
        <source>Read the source to its end and show what it would change. Nothing is written.</source>
        <translation>Die Quelle ganz lesen und zeigen, was sie ändern würde. Geschrieben wird nichts.</translation>
    </message>
    <message>
        <source>As the source says, row by row</source>
        <translation>Wie die Quelle sagt, Zeile für Zeile</translation>
    </message>
    <message>
        <source>Decisions or a dataset</source>
        <translation>Entscheidungen oder ein Datensatz</translation>
    </message>
    <message>
        <source>Crops from finished images (backfill)</source>
        <translation>Zuschnitte aus fertigen Bildern (Nachtrag)</translation>
    </message>
    <message>
        <source>What to import</source>
        <translation>Was importiert wird</translation>
    </message>
    <message>
        <source>A file, an archive or a folder</source>
        <translation>Eine Datei, ein Archiv oder ein Ordner</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>File...</source>
        <translation>Datei...</translation>
    </message>
    <message>
        <source>A log, a database, a dataset file, or a zip or tar archive of a dataset.</source>
        <translation>Ein Protokoll, eine Datenbank, eine Datei eines Datensatzes oder ein Zip- oder Tar-Archiv eines Datensatzes.</translation>
    </message>
    <message>
        <source>Folder...</source>
        <translation>Ordner...</translation>
    </message>
    <message>
        <source>The folder of a dataset.</source>
        <translation>Der Ordner eines Datensatzes.</translation>
    </message>
    <message>
        <source>The folder to import</source>
        <translation>Ordner zum Importieren</translation>
    </message>
    <message>
        <source>Found out from the source</source>
        <translation>Aus der Quelle ermittelt</translation>
    </message>
    <message>
        <source>Choose one only where it is not found out rightly.</source>
        <translation>Wählen Sie nur eines, wenn es nicht richtig ermittelt wird.</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>One line for each of our fields: field = name of the column in the file.</source>
        <translation>Eine Zeile je Feld von uns: Feld = Name der Spalte in der Datei.</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Replace stored crops that are clearly worse</source>
        <translation>Deutlich schlechtere gespeicherte Zuschnitte ersetzen</translation>
    </message>
    <message>
        <source>Otherwise a stored crop stays, and the difference is shown as a conflict.</source>
        <translation>Sonst bleibt ein gespeicherter Zuschnitt, und der Unterschied erscheint als Konflikt.</translation>
    </message>
    <message>
        <source>Reject groups without a finished image</source>
        <translation>Gruppen ohne fertiges Bild verwerfen</translation>
    </message>
    <message>
        <source>Otherwise they stay undecided.</source>
        <translation>Sonst bleiben sie unentschieden.</translation>
    </message>
    <message>
        <source>A project that is not there yet is made. Its name may be written here.</source>
        <translation>Ein Projekt, das es noch nicht gibt, wird angelegt. Sein Name kann hier eingetragen werden.</translation>
    </message>
    <message>
        <source>Into the project</source>
        <translation>In das Projekt</translation>
    </message>
    <message>
        <source>A folder that holds the projects</source>
        <translation>Ein Ordner, in dem die Projekte liegen</translation>
    </message>
    <message>
        <source>Choose the workspace</source>
        <translation>Arbeitsordner wählen</translation>
    </message>
    <message>
        <source>Of the workspace</source>
        <translation>Des Arbeitsordners</translation>
    </message>
    <message>
        <source>Project rules...</source>
        <translation>Projektregeln...</translation>
    </message>
    <message>
        <source>Which project a row of a log belongs to, by names and days.</source>
        <translation>Zu welchem Projekt eine Zeile eines Protokolls gehört, nach Namen und Tagen.</translation>
    </message>
    <message>
        <source>The workspace</source>
        <translation>Der Arbeitsordner</translation>
    </message>
    <message>
        <source>The file to import</source>
        <translation>Datei zum Importieren</translation>
    </message>
    <message>
        <source>All that can be imported (*.csv *.db *.json *.jsonl *.xml *.yaml *.zip *.tar *.gz *.tgz);;All files (*)</source>
        <translation>Alles, was sich importieren lässt (*.csv *.db *.json *.jsonl *.xml *.yaml *.zip *.tar *.gz *.tgz);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>The folder with the finished images. Each is looked for in the originals of the project; where it is found beyond doubt, its place there is the crop.</source>
        <translation>Der Ordner mit den fertigen Bildern. Jedes wird in den Originalen des Projekts gesucht; wo es zweifelsfrei gefunden wird, ist seine Stelle dort der Zuschnitt.</translation>
    </message>
    <message>
        <source>Logs and databases of the scripts, YOLO, COCO, VOC, CVAT, labelme, image folders, WebDataset, CSV, and archives of these.</source>
        <translation>Protokolle und Datenbanken der Skripte, YOLO, COCO, VOC, CVAT, labelme, Bildordner, WebDataset, CSV und Archive davon.</translation>
    </message>
    <message>
        <source>Choose the folder with the finished images.</source>
        <translation>Wählen Sie den Ordner mit den fertigen Bildern.</translation>
    </message>
    <message>
        <source>Choose a file or a folder.</source>
        <translation>Wählen Sie eine Datei oder einen Ordner.</translation>
    </message>
    <message>
        <source>Choose the workspace.</source>
        <translation>Wählen Sie den Arbeitsordner.</translation>
    </message>
    <message>
        <source>Choose the project that has the originals.</source>
        <translation>Wählen Sie das Projekt mit den Originalen.</translation>
    </message>
    <message>
        <source>A project is named with letters, digits, - and _ only.</source>
        <translation>Der Name eines Projekts besteht nur aus Buchstaben, Ziffern, - und _.</translation>
    </message>
    <message>
        <source>Say which column is which.</source>
        <translation>Geben Sie an, welche Spalte welche ist.</translation>
    </message>
</context>
<context>
    <name>ps::ImportItemsModel</name>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>As it stands there</source>
        <translation>So steht es dort</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Anmerkungen</translation>
    </message>
</context>
<context>
    <name>ps::ImportView</name>
    <message>
        <source>Import</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Leave without writing anything.</source>
        <translation>Verlassen, ohne etwas zu schreiben.</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Kinds of rows</source>
        <translation>Arten von Zeilen</translation>
    </message>
    <message>
        <source>By project</source>
        <translation>Nach Projekt</translation>
    </message>
    <message>
        <source>Progress of the import</source>
        <translation>Fortschritt des Imports</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Which rows</source>
        <translation>Welche Zeilen</translation>
    </message>
    <message>
        <source>Rows of the source</source>
        <translation>Zeilen der Quelle</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Forget what was read. Nothing was written.</source>
        <translation>Das Gelesene vergessen. Geschrieben wurde nichts.</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Choose what to import, and read it. Then the counts and the rows are shown here, with what could not be read. Nothing is written before you apply it.</source>
        <translation>Wählen Sie, was importiert wird, und lesen Sie es. Dann stehen hier die Zahlen und die Zeilen, auch die nicht lesbaren. Geschrieben wird erst, wenn Sie es übernehmen.</translation>
    </message>
    <message>
        <source>Stops at the next safe place. Nothing is kept.</source>
        <translation>Hält an der nächsten sicheren Stelle an. Nichts bleibt.</translation>
    </message>
    <message>
        <source>Reading the source...</source>
        <translation>Die Quelle wird gelesen...</translation>
    </message>
    <message>
        <source>A verified snapshot first, then everything in one step...</source>
        <translation>Zuerst eine geprüfte Sicherung, dann alles in einem Schritt...</translation>
    </message>
    <message>
        <source>Nothing was written and nothing will be.</source>
        <translation>Es wurde nichts geschrieben und wird auch nichts geschrieben.</translation>
    </message>
    <message>
        <source>Everything stays as it was before.</source>
        <translation>Alles bleibt, wie es vorher war.</translation>
    </message>
    <message>
        <source>%1 rows read: %2 would change the project, %3 could not be read</source>
        <translation>%1 Zeilen gelesen: %2 würden das Projekt ändern, %3 waren nicht lesbar</translation>
    </message>
    <message>
        <source>Finished images, looked for in the originals</source>
        <translation>Fertige Bilder, in den Originalen gesucht</translation>
    </message>
    <message>
        <source>Read as: %1. Choose another format on the left if that is wrong, and read again.</source>
        <translation>Gelesen als: %1. Wählen Sie links ein anderes Format, wenn das falsch ist, und lesen Sie erneut.</translation>
    </message>
    <message>
        <source>All rows (%1)</source>
        <translation>Alle Zeilen (%1)</translation>
    </message>
    <message>
        <source>no project</source>
        <translation>kein Projekt</translation>
    </message>
    <message>
        <source>Everything is as it was before.</source>
        <translation>Alles ist, wie es vorher war.</translation>
    </message>
    <message>
        <source>There is nothing to apply: the project has all of this already, or none of it can be used.</source>
        <translation>Es gibt nichts zu übernehmen: Das Projekt hat das alles schon, oder nichts davon ist brauchbar.</translation>
    </message>
    <message>
        <source>Applying takes a verified snapshot first and is one step: one undo takes it back.</source>
        <translation>Vor dem Übernehmen wird eine geprüfte Sicherung gemacht. Es ist ein Schritt: Einmal Rückgängig nimmt ihn zurück.</translation>
    </message>
    <message>
        <source>Imported: %1 rows were applied.</source>
        <translation>Importiert: %1 Zeilen wurden übernommen.</translation>
    </message>
    <message>
        <source>Report: %1</source>
        <translation>Bericht: %1</translation>
    </message>
    <message>
        <source>One undo takes all of it back.</source>
        <translation>Einmal Rückgängig nimmt alles zurück.</translation>
    </message>
    <message>
        <source>Import more</source>
        <translation>Mehr importieren</translation>
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
        <source>Beside the decision</source>
        <translation>Neben der Entscheidung</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>all bad</source>
        <translation>alle schlecht</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>Markierung</translation>
    </message>
    <message>
        <source>for review</source>
        <translation>zur Prüfung</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Crop limits</source>
        <translation>Grenzen</translation>
    </message>
    <message>
        <source>must keep and may keep are stored</source>
        <translation>was bleiben muss und darf, ist gespeichert</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>Angaben</translation>
    </message>
</context>
<context>
    <name>ps::KeyCapture</name>
    <message>
        <source>Press the key</source>
        <translation>Taste drücken</translation>
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
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Crop editor: move the bottom right corner</source>
        <translation>Zuschnitt: rechte untere Ecke schieben</translation>
    </message>
    <message>
        <source>Ctrl+Shift+Arrows</source>
        <translation>Strg+Umschalt+Pfeile</translation>
    </message>
    <message>
        <source>Crop editor: move the top left corner</source>
        <translation>Zuschnitt: linke obere Ecke schieben</translation>
    </message>
    <message>
        <source>Alt+Arrows</source>
        <translation>Alt+Pfeile</translation>
    </message>
    <message>
        <source>Crop editor: larger or smaller about the centre</source>
        <translation>Zuschnitt: um die Mitte größer oder kleiner</translation>
    </message>
    <message>
        <source>Browse</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
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
        <source>✓ Changed.</source>
        <translation>✓ Geändert.</translation>
    </message>
    <message>
        <source>Works in</source>
        <translation>Wirkt in</translation>
    </message>
    <message>
        <source>Search for an action or a key</source>
        <translation>Aktion oder Taste suchen</translation>
    </message>
    <message>
        <source>Key &amp;map:</source>
        <translation>&amp;Belegung:</translation>
    </message>
    <message>
        <source>My own</source>
        <translation>Eigene</translation>
    </message>
    <message>
        <source>New &amp;key:</source>
        <translation>Neue &amp;Taste:</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>Tauschen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>&amp;Letters and digits work without Ctrl or Alt</source>
        <translation>Buchstaben und &amp;Ziffern wirken ohne Strg oder Alt</translation>
    </message>
    <message>
        <source>&amp;Import...</source>
        <translation>&amp;Importieren...</translation>
    </message>
    <message>
        <source>&amp;Export...</source>
        <translation>&amp;Exportieren...</translation>
    </message>
    <message>
        <source>Key maps (*.keys)</source>
        <translation>Tastenbelegungen (*.keys)</translation>
    </message>
    <message>
        <source>Import a key map</source>
        <translation>Tastenbelegung importieren</translation>
    </message>
    <message>
        <source>Export the key map</source>
        <translation>Tastenbelegung exportieren</translation>
    </message>
    <message>
        <source>everywhere</source>
        <translation>überall</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>Zuschnitt</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Entscheiden</translation>
    </message>
    <message>
        <source>Browse</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>△ %1 already belongs to &quot;%2&quot;. Press another key, or let the two swap: &quot;%2&quot; gets %3.</source>
        <translation>△ %1 gehört schon zu „%2“. Drücken Sie eine andere Taste, oder lassen Sie beide tauschen: „%2“ bekommt %3.</translation>
    </message>
    <message>
        <source>no key</source>
        <translation>keine Taste</translation>
    </message>
    <message>
        <source>✓ Swapped.</source>
        <translation>✓ Getauscht.</translation>
    </message>
    <message>
        <source>✓ Changed; &quot;%1&quot; has no key in its place.</source>
        <translation>✓ Geändert; „%1“ hat nun keine Taste.</translation>
    </message>
    <message>
        <source>✓ All keys are those of this map.</source>
        <translation>✓ Alle Tasten sind die dieser Belegung.</translation>
    </message>
    <message>
        <source>△ Nothing was changed. %1</source>
        <translation>△ Nichts wurde geändert. %1</translation>
    </message>
    <message>
        <source>✓ All keys are those of the file.</source>
        <translation>✓ Alle Tasten sind die der Datei.</translation>
    </message>
    <message>
        <source>✓ Saved.</source>
        <translation>✓ Gespeichert.</translation>
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
    <message>
        <source>not aligned</source>
        <translation>nicht zur Deckung gebracht</translation>
    </message>
    <message>
        <source>%1 champion</source>
        <translation>%1 Favorit</translation>
    </message>
    <message>
        <source>Comparing...</source>
        <translation>Wird verglichen...</translation>
    </message>
    <message>
        <source>%1 against %2</source>
        <translation>%1 gegen %2</translation>
    </message>
    <message>
        <source>mean %1 · 95 % below %2</source>
        <translation>Mittel %1 · 95 % unter %2</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
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
    <message>
        <source>&amp;Compare</source>
        <translation>&amp;Vergleichen</translation>
    </message>
    <message>
        <source>the text field</source>
        <translation>das Textfeld</translation>
    </message>
    <message>
        <source>&amp;Models</source>
        <translation>&amp;Modelle</translation>
    </message>
    <message>
        <source>From the map</source>
        <translation>Von der Karte</translation>
    </message>
    <message>
        <source>The images were read anew since the map was laid out. Lay it out anew.</source>
        <translation>Die Bilder wurden neu eingelesen, seit die Karte gelegt wurde. Legen Sie sie neu.</translation>
    </message>
    <message numerus="yes">
        <source>%1 is suspended: of its last %n suggestion(s) that were shown, people agreed with %2 %. Nothing is shown until another model is active, or you want it.</source>
        <translation>
            <numerusform>%1 ist ausgesetzt: Von seinem letzten gezeigten Vorschlag wurden %2 % gewählt. Nichts wird gezeigt, bis ein anderes Modell aktiv ist oder Sie es wollen.</numerusform>
            <numerusform>%1 ist ausgesetzt: Von seinen letzten %n gezeigten Vorschlägen wurden %2 % gewählt. Nichts wird gezeigt, bis ein anderes Modell aktiv ist oder Sie es wollen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show again</source>
        <translation>Wieder zeigen</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Back to %1</source>
        <translation>Zurück zu %1</translation>
    </message>
    <message>
        <source>What differs was saved as %1.</source>
        <translation>Die Unterschiede wurden als %1 gespeichert.</translation>
    </message>
    <message>
        <source>✓ Imported. The report is %1.</source>
        <translation>✓ Importiert. Der Bericht ist %1.</translation>
    </message>
    <message>
        <source>Cancelled. Everything is as it was before.</source>
        <translation>Abgebrochen. Alles ist, wie es vorher war.</translation>
    </message>
</context>
<context>
    <name>ps::MapPage</name>
    <message>
        <source>Colour:</source>
        <translation>Farbe:</translation>
    </message>
    <message>
        <source>What the colour says</source>
        <translation>Was die Farbe sagt</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>Lasso</translation>
    </message>
    <message>
        <source>Draw a line around images to mark them (L, or drag with Shift)</source>
        <translation>Eine Linie um Bilder ziehen, um sie zu markieren (L, oder mit Umschalt ziehen)</translation>
    </message>
    <message>
        <source>Whole map</source>
        <translation>Ganze Karte</translation>
    </message>
    <message>
        <source>Show the whole map (0)</source>
        <translation>Die ganze Karte zeigen (0)</translation>
    </message>
    <message>
        <source>Lay out anew</source>
        <translation>Neu legen</translation>
    </message>
    <message>
        <source>Show in Browse</source>
        <translation>In der Übersicht zeigen</translation>
    </message>
    <message>
        <source>Laying out the map: alike images go beside each other...</source>
        <translation>Die Karte wird gelegt: Ähnliche Bilder kommen nebeneinander ...</translation>
    </message>
    <message>
        <source>No data, because no image has an embedding yet. Compute them under &quot;Training&quot;.</source>
        <translation>Keine Daten, weil noch kein Bild eine Einbettung hat. Berechnen Sie sie unter „Training“.</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln Bild</numerusform>
            <numerusform>%Ln Bilder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln without embedding</source>
        <translation>
            <numerusform>%Ln ohne Einbettung</numerusform>
            <numerusform>%Ln ohne Einbettung</numerusform>
        </translation>
    </message>
    <message>
        <source>Marked: %1 of %2</source>
        <translation>Markiert: %1 von %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s)</source>
        <translation>
            <numerusform>%Ln Gruppe</numerusform>
            <numerusform>%Ln Gruppen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: not known</source>
        <translation>%1: nicht bekannt</translation>
    </message>
</context>
<context>
    <name>ps::MapView</name>
    <message>
        <source>Map of the embeddings</source>
        <translation>Karte der Einbettungen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s), alike ones beside each other</source>
        <translation>
            <numerusform>%Ln Bild</numerusform>
            <numerusform>%Ln Bilder, ähnliche nebeneinander</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ps::MeasureSlider</name>
    <message numerus="yes">
        <source>%Ln group(s)</source>
        <translation>
            <numerusform>%Ln Gruppe</numerusform>
            <numerusform>%Ln Gruppen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2, %3</source>
        <translation>%1: %2, %3</translation>
    </message>
    <message>
        <source>%1: not measured yet</source>
        <translation>%1: noch nicht gemessen</translation>
    </message>
    <message>
        <source>Drag the line, or use the arrow keys. A double click brings the usual threshold back.</source>
        <translation>Ziehen Sie die Linie, oder nehmen Sie die Pfeiltasten. Ein Doppelklick stellt die übliche Schwelle wieder her.</translation>
    </message>
    <message>
        <source>Not measured yet</source>
        <translation>Noch nicht gemessen</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>von %1</translation>
    </message>
</context>
<context>
    <name>ps::ModelDelegate</name>
    <message>
        <source>Accuracy here not known</source>
        <translation>Genauigkeit hier nicht bekannt</translation>
    </message>
</context>
<context>
    <name>ps::ModelListModel</name>
    <message>
        <source>Active</source>
        <translation>Aktiv</translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation>Vorgeschlagen</translation>
    </message>
    <message>
        <source>Not proposed</source>
        <translation>Nicht vorgeschlagen</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>Eingelesen</translation>
    </message>
    <message>
        <source>Pick</source>
        <translation>Wahl</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>Zuschnitt</translation>
    </message>
    <message>
        <source>It brings no report: its accuracy on these decisions is not known.</source>
        <translation>Es bringt keinen Bericht mit: Seine Genauigkeit an diesen Entscheidungen ist nicht bekannt.</translation>
    </message>
</context>
<context>
    <name>ps::ModelsPanel</name>
    <message>
        <source>Make active</source>
        <translation>Aktiv machen</translation>
    </message>
    <message>
        <source>Back to the previous</source>
        <translation>Zurück zum vorigen</translation>
    </message>
    <message>
        <source>Import...</source>
        <translation>Einlesen ...</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>There are no models yet. Train one here, or import a file of the scripts.</source>
        <translation>Noch gibt es keine Modelle. Trainieren Sie hier eines, oder lesen Sie eine Datei der Skripte ein.</translation>
    </message>
    <message>
        <source>Is active</source>
        <translation>Ist aktiv</translation>
    </message>
    <message>
        <source>Back to no model</source>
        <translation>Zurück zu keinem Modell</translation>
    </message>
    <message>
        <source>Back to %1</source>
        <translation>Zurück zu %1</translation>
    </message>
    <message>
        <source>%1 is not proposed</source>
        <translation>%1 ist nicht vorgeschlagen</translation>
    </message>
    <message>
        <source>%1 did not pass the test on the hold-out, so the present model stays.</source>
        <translation>%1 hat die Prüfung an der Prüfmenge nicht bestanden, deshalb bleibt das bisherige Modell.</translation>
    </message>
    <message>
        <source>Use it all the same</source>
        <translation>Trotzdem verwenden</translation>
    </message>
    <message>
        <source>Keep the present one</source>
        <translation>Das bisherige behalten</translation>
    </message>
</context>
<context>
    <name>ps::ModelsView</name>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>No model is active any more.</source>
        <translation>Kein Modell ist mehr aktiv.</translation>
    </message>
    <message>
        <source>%1 is active now.</source>
        <translation>%1 ist jetzt aktiv.</translation>
    </message>
    <message>
        <source>%1 is trained.</source>
        <translation>%1 ist trainiert.</translation>
    </message>
    <message>
        <source>Import a model</source>
        <translation>Modell einlesen</translation>
    </message>
    <message>
        <source>Models of the scripts (*.pt)</source>
        <translation>Modelle der Skripte (*.pt)</translation>
    </message>
    <message>
        <source>%1 is imported. It suggests once you make it active.</source>
        <translation>%1 ist eingelesen. Es schlägt vor, sobald Sie es aktiv machen.</translation>
    </message>
    <message>
        <source>The models cannot be read</source>
        <translation>Die Modelle sind nicht lesbar</translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation>Noch kein Modell</translation>
    </message>
    <message>
        <source>Compute the embeddings and train a model under &quot;Training&quot;. It learns from the decisions that are there; a few dozen groups are enough to begin with.</source>
        <translation>Berechnen Sie unter „Training“ die Einbettungen und trainieren Sie ein Modell. Es lernt aus den vorhandenen Entscheidungen; ein paar Dutzend Gruppen genügen für den Anfang.</translation>
    </message>
    <message>
        <source>Reading the models...</source>
        <translation>Die Modelle werden gelesen ...</translation>
    </message>
    <message>
        <source>Training, epoch %1</source>
        <translation>Training, Epoche %1</translation>
    </message>
    <message>
        <source>Computing embeddings</source>
        <translation>Einbettungen werden berechnet</translation>
    </message>
    <message>
        <source>Failed: %1</source>
        <translation>Fehlgeschlagen: %1</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>Kein Modell</translation>
    </message>
    <message>
        <source>No model is active in this project, so nothing is suggested.</source>
        <translation>In diesem Projekt ist kein Modell aktiv, deshalb wird nichts vorgeschlagen.</translation>
    </message>
    <message>
        <source>Ready: %1</source>
        <translation>Bereit: %1</translation>
    </message>
    <message>
        <source>Suggesting, %1 of %2</source>
        <translation>Schlägt vor, %1 von %2</translation>
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
    <name>ps::NoteEditor</name>
    <message>
        <source>Enter saves, Esc leaves it as it was</source>
        <translation>Eingabe speichert, Esc lässt sie, wie sie war</translation>
    </message>
    <message>
        <source>Note about the group</source>
        <translation>Notiz zur Gruppe</translation>
    </message>
</context>
<context>
    <name>ps::PreviewPanel</name>
    <message>
        <source>△ A leak: what was published on two sides hangs together now</source>
        <translation>△ Eine Überschneidung: Was auf zwei Seiten veröffentlicht wurde, hängt jetzt zusammen</translation>
    </message>
    <message>
        <source>Images that connect two sides</source>
        <translation>Bilder, die zwei Seiten verbinden</translation>
    </message>
    <message>
        <source>Integrity checks</source>
        <translation>Prüfungen der Integrität</translation>
    </message>
    <message>
        <source>✓ They find nothing in these rows.</source>
        <translation>✓ Sie finden in diesen Zeilen nichts.</translation>
    </message>
    <message>
        <source>Working out what it would hold...</source>
        <translation>Es wird ermittelt, was darin wäre...</translation>
    </message>
    <message>
        <source> △ these do not add up</source>
        <translation> △ das geht nicht auf</translation>
    </message>
    <message numerus="yes">
        <source>... and %n more.</source>
        <translation>
            <numerusform>... und %n weitere.</numerusform>
            <numerusform>... und %n weitere.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ps::ProgramRun</name>
    <message>
        <source>%1 ended unexpectedly. What it had stored is safe.</source>
        <translation>%1 endete unerwartet. Was es gespeichert hatte, ist sicher.</translation>
    </message>
    <message>
        <source>%1 gave up (code %2).</source>
        <translation>%1 gab auf (Code %2).</translation>
    </message>
    <message>
        <source>%1 could not be started. Is the program installed completely?</source>
        <translation>%1 ließ sich nicht starten. Ist das Programm vollständig installiert?</translation>
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
    <message>
        <source>Looking at the selected groups</source>
        <translation>Ausgewählte Gruppen werden angesehen</translation>
    </message>
    <message>
        <source>Deciding the selected groups</source>
        <translation>Ausgewählte Gruppen werden entschieden</translation>
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
    <name>ps::QualityPanel</name>
    <message>
        <source>Worth a second look</source>
        <translation>Einen zweiten Blick wert</translation>
    </message>
    <message>
        <source>Move a line and show what is beyond it. Fog is not blur: nothing is sorted out by itself.</source>
        <translation>Verschieben Sie eine Linie, und zeigen Sie, was jenseits liegt. Nebel ist keine Unschärfe: Nichts wird von selbst aussortiert.</translation>
    </message>
    <message>
        <source>Look-alikes</source>
        <translation>Doppelgänger</translation>
    </message>
    <message>
        <source>List sets of groups whose pictures look alike, side by side</source>
        <translation>Gruppen, deren Bilder einander gleichen, Satz für Satz nebeneinander zeigen</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>All thresholds as usual, none in the filter</source>
        <translation>Alle Schwellen wie üblich, keine im Filter</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Show only groups beyond this threshold, or beyond any that is shown</source>
        <translation>Nur Gruppen jenseits dieser Schwelle zeigen, oder jenseits einer der gezeigten</translation>
    </message>
    <message>
        <source>Show only: %1</source>
        <translation>Nur zeigen: %1</translation>
    </message>
    <message>
        <source>Blurry</source>
        <translation>Unscharf</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Bright</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Low contrast</source>
        <translation>Kontrastarm</translation>
    </message>
    <message>
        <source>Noisy</source>
        <translation>Verrauscht</translation>
    </message>
    <message>
        <source>Upscaled</source>
        <translation>Hochgerechnet</translation>
    </message>
    <message>
        <source>Long and narrow</source>
        <translation>Lang und schmal</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>Klein</translation>
    </message>
</context>
<context>
    <name>ps::ReleaseBars</name>
    <message>
        <source>By decision</source>
        <translation>Nach Entscheidung</translation>
    </message>
    <message>
        <source>Left out, and why</source>
        <translation>Ausgelassen, und warum</translation>
    </message>
    <message>
        <source>By side</source>
        <translation>Nach Seite</translation>
    </message>
    <message>
        <source>By class</source>
        <translation>Nach Klasse</translation>
    </message>
    <message>
        <source>Images left out of exported groups</source>
        <translation>Ausgelassene Bilder exportierter Gruppen</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Andere</translation>
    </message>
</context>
<context>
    <name>ps::ReleasesPage</name>
    <message>
        <source>Release</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>Veröffentlicht</translation>
    </message>
    <message>
        <source>Releases of this project</source>
        <translation>Ausgaben dieses Projekts</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Files that are not as published</source>
        <translation>Dateien, die nicht wie veröffentlicht sind</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Nachprüfen</translation>
    </message>
    <message>
        <source>Read every file again and compare it with the manifest.</source>
        <translation>Jede Datei erneut lesen und mit dem Manifest vergleichen.</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>What differs between two chosen releases; with one chosen, between it and the one before.</source>
        <translation>Worin sich zwei gewählte Ausgaben unterscheiden; ist nur eine gewählt, sie und die davor.</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <source>Nothing was published from this project yet. Choose a format on the page &quot;New release&quot;, look at what it would hold, and export it. What is published is frozen and stands here.</source>
        <translation>Aus diesem Projekt wurde noch nichts veröffentlicht. Wählen Sie auf der Seite „Neue Ausgabe“ ein Format, sehen Sie sich an, was darin wäre, und exportieren Sie es. Was veröffentlicht ist, ist eingefroren und steht hier.</translation>
    </message>
    <message>
        <source>Reading the list...</source>
        <translation>Die Liste wird gelesen...</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>with a split</source>
        <translation>mit Aufteilung</translation>
    </message>
    <message>
        <source>without a split</source>
        <translation>ohne Aufteilung</translation>
    </message>
    <message>
        <source>Every decided group</source>
        <translation>Jede entschiedene Gruppe</translation>
    </message>
    <message>
        <source>Query: %1</source>
        <translation>Abfrage: %1</translation>
    </message>
    <message>
        <source>Manifest SHA-256: %1</source>
        <translation>SHA-256 des Manifests: %1</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>Where is the release?</source>
        <translation>Wo ist die Ausgabe?</translation>
    </message>
    <message>
        <source>Where %1 lies on this machine is not known.</source>
        <translation>Wo %1 auf diesem Rechner liegt, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>It is a folder...</source>
        <translation>Es ist ein Ordner...</translation>
    </message>
    <message>
        <source>It is a zip archive...</source>
        <translation>Es ist ein Zip-Archiv...</translation>
    </message>
    <message>
        <source>Zip archives (*.zip)</source>
        <translation>Zip-Archive (*.zip)</translation>
    </message>
    <message>
        <source>%1 is as it was published: %2 files, %3.</source>
        <translation>%1 ist, wie es veröffentlicht wurde: %2 Dateien, %3.</translation>
    </message>
    <message>
        <source>%1 is as it was published.</source>
        <translation>%1 ist, wie es veröffentlicht wurde.</translation>
    </message>
    <message numerus="yes">
        <source>%1 is not as it was published: %n problem(s).</source>
        <translation>
            <numerusform>%1 ist nicht, wie es veröffentlicht wurde: %n Problem.</numerusform>
            <numerusform>%1 ist nicht, wie es veröffentlicht wurde: %n Probleme.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is not as it was published.</source>
        <translation>%1 ist nicht, wie es veröffentlicht wurde.</translation>
    </message>
    <message>
        <source>%1 images, %2</source>
        <translation>%1 Bilder, %2</translation>
    </message>
</context>
<context>
    <name>ps::ReportView</name>
    <message>
        <source>Go to training</source>
        <translation>Zum Training</translation>
    </message>
    <message>
        <source>It was trained elsewhere and brings no report, so there is nothing to draw. Its accuracy shows as you decide with it.</source>
        <translation>Es wurde anderswo trainiert und bringt keinen Bericht mit, also gibt es nichts zu zeichnen. Seine Genauigkeit zeigt sich, wenn Sie damit entscheiden.</translation>
    </message>
    <message>
        <source>Not proposed.</source>
        <translation>Nicht vorgeschlagen.</translation>
    </message>
    <message>
        <source>Active in this project.</source>
        <translation>In diesem Projekt aktiv.</translation>
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
    <message>
        <source>A tie needs two pictures.</source>
        <translation>Ein Gleichstand braucht zwei Bilder.</translation>
    </message>
    <message>
        <source>No group was skipped.</source>
        <translation>Keine Gruppe wurde übersprungen.</translation>
    </message>
    <message>
        <source>There is no crop to take over: draw one on another picture of the group first.</source>
        <translation>Es gibt keinen Zuschnitt zu übernehmen: Ziehen Sie zuerst einen auf einem anderen Bild der Gruppe.</translation>
    </message>
    <message>
        <source>this group, frame on picture %1</source>
        <translation>diese Gruppe, Rahmen auf Bild %1</translation>
    </message>
    <message>
        <source>this picture</source>
        <translation>dieses Bild</translation>
    </message>
</context>
<context>
    <name>ps::RowTable</name>
    <message>
        <source>Table of groups</source>
        <translation>Tabelle der Gruppen</translation>
    </message>
    <message>
        <source>A table can show at most %1 rows. Filter the list.</source>
        <translation>Eine Tabelle zeigt höchstens %1 Zeilen. Filtern Sie die Liste.</translation>
    </message>
    <message>
        <source>No group matches the filter.</source>
        <translation>Keine Gruppe passt zum Filter.</translation>
    </message>
</context>
<context>
    <name>ps::RowTableModel</name>
    <message>
        <source>Row without images</source>
        <translation>Zeile ohne Bilder</translation>
    </message>
    <message>
        <source>%1, finalized</source>
        <translation>%1, abgeschlossen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Picked</source>
        <translation>Gewählt</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>Entschieden</translation>
    </message>
    <message>
        <source>Annotator</source>
        <translation>Bearbeiter/in</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>Schärfe</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
</context>
<context>
    <name>ps::RulesTable</name>
    <message>
        <source>Name in path</source>
        <translation>Name im Pfad</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>Project rules</source>
        <translation>Projektregeln</translation>
    </message>
    <message>
        <source>A row of a log that names no project gets it from a name in its path, else from its day (2025-10-01).</source>
        <translation>Eine Zeile eines Protokolls, die kein Projekt nennt, bekommt es von einem Namen in ihrem Pfad, sonst von ihrem Tag (2025-10-01).</translation>
    </message>
    <message>
        <source>Add a rule</source>
        <translation>Regel hinzufügen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove the chosen rules.</source>
        <translation>Die gewählten Regeln entfernen.</translation>
    </message>
</context>
<context>
    <name>ps::SecondWindow</name>
    <message>
        <source>Loupe - Proofsheet</source>
        <translation>Lupe - Proofsheet</translation>
    </message>
    <message>
        <source>Champion - Proofsheet</source>
        <translation>Favorit - Proofsheet</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>Kein Bild</translation>
    </message>
    <message>
        <source>%1 champion</source>
        <translation>%1 Favorit</translation>
    </message>
    <message>
        <source>%1 at %2 %</source>
        <translation>%1 mit %2 %</translation>
    </message>
    <message>
        <source>&amp;Loupe: the pixels under the pointer</source>
        <translation>&amp;Lupe: die Bildpunkte unter dem Mauszeiger</translation>
    </message>
    <message>
        <source>&amp;Champion: the whole picture</source>
        <translation>&amp;Favorit: das ganze Bild</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Schließen</translation>
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
    <message>
        <source>As the machine has it</source>
        <translation>Passend zum Rechner</translation>
    </message>
    <message>
        <source> MiB</source>
        <translation> MiB</translation>
    </message>
    <message>
        <source>&amp;Memory for pictures</source>
        <translation>S&amp;peicher für Bilder</translation>
    </message>
    <message>
        <source>Width and height of the ratios that the crop editor offers, with blanks between them.</source>
        <translation>Breite und Höhe der Seitenverhältnisse, die der Zuschnitt-Editor anbietet, durch Leerzeichen getrennt.</translation>
    </message>
    <message>
        <source>&amp;Ratios of crops</source>
        <translation>Seitenve&amp;rhältnisse</translation>
    </message>
    <message>
        <source>&amp;Cache of thumbnails</source>
        <translation>&amp;Vorschaubilder</translation>
    </message>
    <message>
        <source>Measure pictures in the &amp;background</source>
        <translation>Bilder im &amp;Hintergrund vermessen</translation>
    </message>
    <message>
        <source>Sharpness, exposure and duplicates of all pictures, while nothing else is being done.</source>
        <translation>Schärfe, Belichtung und Duplikate aller Bilder, während sonst nichts getan wird.</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>Vorschläge</translation>
    </message>
</context>
<context>
    <name>ps::ShareFields</name>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Share of %1</source>
        <translation>Anteil von %1</translation>
    </message>
    <message>
        <source>The three shares add up to 100 %. Images that hang together stay on one side, so they are met as closely as that allows.</source>
        <translation>Die drei Anteile ergeben zusammen 100 %. Bilder, die zusammenhängen, bleiben auf einer Seite; so genau, wie das zulässt, werden die Anteile eingehalten.</translation>
    </message>
</context>
<context>
    <name>ps::StartPage</name>
    <message>
        <source>Pick, crop and reject images for machine-learning ground truth.</source>
        <translation>Referenzdaten für maschinelles Lernen: Bilder auswählen, zuschneiden, verwerfen.</translation>
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
    <message>
        <source>A folder, a database or a dataset can also be dropped on this window.</source>
        <translation>Ein Ordner, eine Datenbank oder ein Datensatz kann auch auf dieses Fenster gezogen werden.</translation>
    </message>
</context>
<context>
    <name>ps::StateChip</name>
    <message>
        <source>State of the suggestions</source>
        <translation>Stand der Vorschläge</translation>
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
    <message>
        <source>What the next key is about</source>
        <translation>Worauf die nächste Taste wirkt</translation>
    </message>
    <message>
        <source>Next key: %1</source>
        <translation>Nächste Taste: %1</translation>
    </message>
    <message>
        <source>Measuring pictures, %1 of %2</source>
        <translation>Bilder werden vermessen, %1 von %2</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>Vorschläge</translation>
    </message>
    <message>
        <source>◇ Suggestions wait</source>
        <translation>◇ Vorschläge warten</translation>
    </message>
    <message>
        <source>◇ Suggestions ready</source>
        <translation>◇ Vorschläge bereit</translation>
    </message>
    <message>
        <source>△ No suggestions</source>
        <translation>△ Keine Vorschläge</translation>
    </message>
    <message>
        <source>◇ Suggesting, %1 of %2</source>
        <translation>◇ Vorschläge, %1 von %2</translation>
    </message>
    <message>
        <source>◇ Suggesting</source>
        <translation>◇ Vorschläge</translation>
    </message>
</context>
<context>
    <name>ps::SuggestionsPage</name>
    <message>
        <source>&amp;Compute suggestions in the background</source>
        <translation>Vorschläge im &amp;Hintergrund berechnen</translation>
    </message>
    <message>
        <source>Built in</source>
        <translation>Eingebaut</translation>
    </message>
    <message>
        <source>An ONNX file of a network such as CLIP; models that were trained on its embeddings need it.</source>
        <translation>Eine ONNX-Datei eines Netzes wie CLIP; Modelle, die auf seinen Einbettungen trainiert sind, brauchen sie.</translation>
    </message>
    <message>
        <source>Choose...</source>
        <translation>Wählen ...</translation>
    </message>
    <message>
        <source>&amp;Embedder</source>
        <translation>&amp;Einbettungsnetz</translation>
    </message>
    <message>
        <source>as for CLIP</source>
        <translation>wie für CLIP</translation>
    </message>
    <message>
        <source>as for ImageNet classifiers</source>
        <translation>wie für ImageNet-Klassifikatoren</translation>
    </message>
    <message>
        <source>&amp;Prepares pictures</source>
        <translation>&amp;Bereitet Bilder auf</translation>
    </message>
    <message>
        <source>&amp;Show suggestions in this project</source>
        <translation>Vorschläge in diesem Projekt &amp;zeigen</translation>
    </message>
    <message>
        <source>What a model is less sure of is not shown. When it is right more rarely than that, it is suspended.</source>
        <translation>Wobei ein Modell weniger sicher ist, das wird nicht gezeigt. Hat es seltener recht, wird es ausgesetzt.</translation>
    </message>
    <message>
        <source>At &amp;least this sure</source>
        <translation>&amp;Mindestens so sicher</translation>
    </message>
    <message>
        <source>In this share of the groups the suggestion is not shown, to measure whether suggestions lead people.</source>
        <translation>Bei diesem Anteil der Gruppen wird der Vorschlag nicht gezeigt, um zu messen, ob Vorschläge Menschen leiten.</translation>
    </message>
    <message>
        <source>&amp;Held back to measure</source>
        <translation>Zum Messen &amp;zurückgehalten</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>After so many decisions the ranker is trained anew in the background.</source>
        <translation>Nach so vielen Entscheidungen wird das Auswahlmodell im Hintergrund neu trainiert.</translation>
    </message>
    <message>
        <source>&amp;Train anew after</source>
        <translation>Neu &amp;trainieren nach</translation>
    </message>
    <message>
        <source>Show the suspended model&apos;s suggestions again</source>
        <translation>Die Vorschläge des ausgesetzten Modells wieder zeigen</translation>
    </message>
    <message>
        <source>Embedder</source>
        <translation>Einbettungsnetz</translation>
    </message>
    <message>
        <source>ONNX models (*.onnx)</source>
        <translation>ONNX-Modelle (*.onnx)</translation>
    </message>
    <message>
        <source>In the project %1:</source>
        <translation>Im Projekt %1:</translation>
    </message>
    <message>
        <source>The rest belongs to a project: open one.</source>
        <translation>Das Übrige gehört zu einem Projekt: Öffnen Sie eines.</translation>
    </message>
    <message>
        <source> decisions</source>
        <translation> Entscheidungen</translation>
    </message>
    <message numerus="yes">
        <source>People chose what was suggested in %1 of %n group(s) where they saw it</source>
        <translation>
            <numerusform>Menschen wählten den Vorschlag bei %1 von %n Gruppe, wo sie ihn sahen</numerusform>
            <numerusform>Menschen wählten den Vorschlag bei %1 von %n Gruppen, wo sie ihn sahen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, and in %1 of %n where it was held back</source>
        <translation>
            <numerusform>, und bei %1 von %n, wo er zurückgehalten war</numerusform>
            <numerusform>, und bei %1 von %n, wo er zurückgehalten war</numerusform>
        </translation>
    </message>
    <message>
        <source>They agree more often because they see it: suggestions lead them.</source>
        <translation>Sie wählen öfter dasselbe, weil sie es sehen: Vorschläge leiten sie.</translation>
    </message>
    <message>
        <source>Nothing shows that suggestions lead them.</source>
        <translation>Nichts zeigt, dass Vorschläge sie leiten.</translation>
    </message>
</context>
<context>
    <name>ps::ThumbnailCacheRow</name>
    <message>
        <source>Empty</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source> MiB</source>
        <translation> MiB</translation>
    </message>
    <message>
        <source>Thumbnails are made again when they are needed.</source>
        <translation>Vorschaubilder entstehen neu, sobald sie gebraucht werden.</translation>
    </message>
    <message>
        <source>%1 in use</source>
        <translation>%1 belegt</translation>
    </message>
</context>
<context>
    <name>ps::TrainingPage</name>
    <message>
        <source>✓ %1 is trained. Its report is there.</source>
        <translation>✓ %1 ist trainiert. Der Bericht ist da.</translation>
    </message>
    <message>
        <source>Cancelled. No model was stored.</source>
        <translation>Abgebrochen. Es wurde kein Modell gespeichert.</translation>
    </message>
    <message>
        <source>Pick: which image of a group</source>
        <translation>Wahl: welches Bild einer Gruppe</translation>
    </message>
    <message>
        <source>Crop: where to crop it</source>
        <translation>Zuschnitt: wo es zugeschnitten wird</translation>
    </message>
    <message>
        <source>At most so many. It stops earlier when validation does not get better.</source>
        <translation>Höchstens so viele. Es endet früher, wenn die Validierung nicht besser wird.</translation>
    </message>
    <message>
        <source>The strongest that passes</source>
        <translation>Das stärkste, das besteht</translation>
    </message>
    <message>
        <source>As the scripts have it</source>
        <translation>Wie bei den Skripten</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
        <source>What to learn</source>
        <translation>Was gelernt wird</translation>
    </message>
    <message>
        <source>From the decisions of</source>
        <translation>Aus den Entscheidungen von</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>The plots appear here while it learns. Training runs by itself with low priority: go on deciding meanwhile.</source>
        <translation>Hier erscheinen die Kurven, während es lernt. Das Training läuft für sich und mit niedrigem Vorrang: Entscheiden Sie währenddessen weiter.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Trainieren</translation>
    </message>
    <message>
        <source>Training %1.</source>
        <translation>%1 wird trainiert.</translation>
    </message>
    <message>
        <source>Compute the embeddings first: training learns from them.</source>
        <translation>Berechnen Sie zuerst die Einbettungen: Das Training lernt aus ihnen.</translation>
    </message>
    <message>
        <source>Choose at least one project.</source>
        <translation>Wählen Sie mindestens ein Projekt.</translation>
    </message>
    <message>
        <source>The new model will be %1. The active one stays until you change it.</source>
        <translation>Das neue Modell wird %1. Das aktive bleibt, bis Sie es ändern.</translation>
    </message>
    <message>
        <source>Ends at the next safe place...</source>
        <translation>Endet an der nächsten sicheren Stelle ...</translation>
    </message>
    <message>
        <source>Reading decisions and embeddings...</source>
        <translation>Entscheidungen und Einbettungen werden gelesen ...</translation>
    </message>
    <message>
        <source>%1: epoch %2 of %3</source>
        <translation>%1: Epoche %2 von %3</translation>
    </message>
    <message>
        <source>%1 left at most</source>
        <translation>noch höchstens %1</translation>
    </message>
    <message>
        <source>%1: %2 in validation</source>
        <translation>%1: %2 in der Validierung</translation>
    </message>
</context>
</TS>
