# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Every library that we use and why; docs/adr/0002-dependencies.md has the alternatives.
include(FeatureSummary)

set(qt_components Core LinguistTools Network)
if(PS_BUILD_DESKTOP)
    list(APPEND qt_components Gui Widgets Svg)
endif()
if(PS_BUILD_TESTS)
    list(APPEND qt_components Test)
endif()
find_package(Qt6 6.4 REQUIRED COMPONENTS ${qt_components})
qt_standard_project_setup()
set(CMAKE_AUTOMOC OFF) # only on targets that have QObjects
set(CMAKE_AUTOUIC OFF)

find_package(tl-expected REQUIRED)
set_package_properties(tl-expected PROPERTIES PURPOSE "the storage behind ps::Result")
find_package(SQLite3 REQUIRED)
set_package_properties(SQLite3 PROPERTIES PURPOSE "decision databases and the catalogue")
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
set_package_properties(OpenSSL PROPERTIES PURPOSE "SHA-256 at the speed of the processor")
find_package(ZLIB REQUIRED)
set_package_properties(ZLIB PROPERTIES PURPOSE "checksums of worker frames, zip and gzip")
find_package(QuaZip-Qt6 REQUIRED)
set_package_properties(QuaZip-Qt6 PROPERTIES PURPOSE "zip archives of releases and imports")
find_package(Threads REQUIRED)

find_package(PkgConfig REQUIRED)
pkg_check_modules(JPEG REQUIRED IMPORTED_TARGET libjpeg)
pkg_check_modules(TURBOJPEG REQUIRED IMPORTED_TARGET libturbojpeg) # turns JPEG without decoding its values
pkg_check_modules(PNG REQUIRED IMPORTED_TARGET libpng)
pkg_check_modules(WEBP REQUIRED IMPORTED_TARGET libwebp libwebpdemux libwebpmux)
pkg_check_modules(DEFLATE REQUIRED IMPORTED_TARGET libdeflate)
pkg_check_modules(TIFF REQUIRED IMPORTED_TARGET libtiff-4)
# Formats that are opened only where the system has their libraries.
pkg_check_modules(HEIF IMPORTED_TARGET libheif>=1.15)
pkg_check_modules(DE265 IMPORTED_TARGET libde265)
pkg_check_modules(JXL IMPORTED_TARGET libjxl)
set(PS_HAS_JXL ${JXL_FOUND})
set(PS_HAS_HEIF FALSE)
if(HEIF_FOUND AND DE265_FOUND)
    set(PS_HAS_HEIF TRUE)
endif()
set(ps_optional_formats PS_HAS_HEIF=$<BOOL:${PS_HAS_HEIF}> PS_HAS_JXL=$<BOOL:${PS_HAS_JXL}>)
pkg_check_modules(LCMS2 REQUIRED IMPORTED_TARGET lcms2)
pkg_check_modules(SECCOMP REQUIRED IMPORTED_TARGET libseccomp)

# OpenCV: named module by module. find_package(OpenCV) wants the whole of libopencv-dev, whose highgui brings Qt 5.
find_path(PS_OPENCV_INCLUDE_DIR opencv2/core.hpp PATH_SUFFIXES opencv4 REQUIRED)
foreach(module core dnn imgproc)
    find_library(PS_OPENCV_${module}_LIBRARY opencv_${module} REQUIRED)
    add_library(ps_opencv_${module} SHARED IMPORTED)
    set_target_properties(ps_opencv_${module} PROPERTIES
        IMPORTED_LOCATION ${PS_OPENCV_${module}_LIBRARY}
        INTERFACE_INCLUDE_DIRECTORIES ${PS_OPENCV_INCLUDE_DIR})
endforeach()
# A decoder of images that is not ours, for tests that compare; they say so when it is missing.
find_path(PS_OPENCV_IMGCODECS_DIR opencv2/imgcodecs.hpp PATH_SUFFIXES opencv4)
find_library(PS_OPENCV_IMGCODECS_LIBRARY opencv_imgcodecs)
