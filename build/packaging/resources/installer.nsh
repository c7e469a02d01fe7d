; PDFs stay with the program that the person reads them in: Văn Thư stands beside it under “Mở bằng”, and nothing else of theirs is changed.
!macro customInstall
  WriteRegStr SHCTX "Software\Classes\VanThu.pdf" "" "Văn bản PDF"
  WriteRegStr SHCTX "Software\Classes\VanThu.pdf\DefaultIcon" "" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr SHCTX "Software\Classes\VanThu.pdf\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
  WriteRegStr SHCTX "Software\Classes\.pdf\OpenWithProgids" "VanThu.pdf" ""
!macroend

!macro customUnInstall
  DeleteRegValue SHCTX "Software\Classes\.pdf\OpenWithProgids" "VanThu.pdf"
  DeleteRegKey SHCTX "Software\Classes\VanThu.pdf"
!macroend
