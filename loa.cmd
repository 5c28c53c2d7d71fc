@echo off
rem Double-click: installs on the first run, then makes the website and every piece. With words it is the loa command.
chcp 65001 >nul
cd /d "%~dp0"
set PYTHONUTF8=1
set NO_MKDOCS_2_WARNING=1
fc /b requirements.lock .venv\ready >nul 2>&1 && goto :run
echo Cài môi trường riêng của dự án (chỉ lần đầu hoặc khi có bản mới, vài phút) ...
set PY=
for %%v in (3.14 3.13 3.12 3.11) do if not defined PY py -%%v -c "" >nul 2>&1 && set PY=py -%%v
if not defined PY (echo Chưa có Python 3.11 đến 3.14. Xem HUONG-DAN.md, phần cài đặt. & goto :failed)
if not exist .venv\Scripts\python.exe %PY% -m venv .venv || goto :failed
.venv\Scripts\python -m pip install --quiet --require-hashes -r requirements.lock || goto :failed
.venv\Scripts\python -m pip install --quiet --no-deps --no-build-isolation -e . || goto :failed
copy /y requirements.lock .venv\ready >nul
:run
if not "%~1"=="" (.venv\Scripts\loa %* & goto :end)
.venv\Scripts\loa build || goto :failed
start "" build
echo.
echo Xem trang web trên máy này: mở cửa sổ lệnh trong thư mục này, gõ  loa serve
:end
pause
exit /b
:failed
echo.
echo Chưa xong. Đọc các dòng ở trên, sửa rồi bấm lại.
pause
exit /b 1
