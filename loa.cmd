@echo off
rem Bam dup tep nay: cai dat lan dau, roi lam trang web va moi an pham vao thu muc build.
chcp 65001 >nul
cd /d "%~dp0"
set PYTHONUTF8=1
set NO_MKDOCS_2_WARNING=1
if not exist .venv\ready (
  py -3 -m venv .venv || goto :failed
  .venv\Scripts\python -m pip install --quiet --require-hashes -r requirements.lock || goto :failed
  .venv\Scripts\python -m pip install --quiet --no-deps --no-build-isolation -e . || goto :failed
  echo ready> .venv\ready
)
if "%~1"=="" (.venv\Scripts\loa build) else (.venv\Scripts\loa %*)
if errorlevel 1 goto :failed
if "%~1"=="" start "" build\site\index.html
pause
exit /b 0
:failed
echo.
echo Chua xong. Doc cac dong o tren, sua roi bam lai.
pause
exit /b 1
