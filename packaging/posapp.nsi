; makensis -DVERSION=0.1.0 packaging/posapp.nsi   (with the built folder copied to packaging/posapp)
; Per user, always into the same folder: the uninstaller removes that folder and nothing else. Data is elsewhere.
Unicode true
!include "MUI2.nsh"
!ifndef VERSION
  !define VERSION "0.0.0"
!endif
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\posapp"
Name "posapp ${VERSION}"
OutFile "posapp-${VERSION}-setup.exe"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\posapp"
SetCompressor /SOLID lzma
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
Section "posapp"
  SetOutPath "$INSTDIR"
  File /r "posapp\*"
  CreateShortCut "$SMPROGRAMS\posapp.lnk" "$INSTDIR\posapp.exe"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "posapp"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" "$INSTDIR\uninstall.exe"
SectionEnd
Section "Uninstall"
  Delete "$SMPROGRAMS\posapp.lnk"
  RMDir /r "$INSTDIR"
  DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd
