@echo off
rem mvnw.cmd - run Maven on Windows, whether or not it is installed.
rem
rem Usage: mvnw [arguments of mvn]
rem
rem Does what mvnw does: takes the mvn of the PATH if that is Maven 3.6.3 or
rem later. Otherwise fetches, once, the version that
rem .mvn\wrapper\maven-wrapper.properties pins, checks its SHA-256 sum and keeps
rem it under %USERPROFILE%\.m2\wrapper\dists. Needs curl, tar and certutil, which
rem Windows 10 has since version 1803.
rem
rem Environment:
rem   MVNW_REPOURL     fetch from this mirror, laid out as a Maven repository
rem   MAVEN_USER_HOME  use this folder instead of %USERPROFILE%\.m2
rem
rem Delayed expansion (!name!) is on only where a text may hold quotes or &. It is
rem off where arguments and paths are read, because it would drop their !.
setlocal EnableExtensions DisableDelayedExpansion
for %%V in (url sum temporary found) do set "%%V="

set "message=JAVA_HOME is %JAVA_HOME%, which has no bin\java.exe; set it to a JDK, version 17 or later"
if defined JAVA_HOME if not exist "%JAVA_HOME%\bin\java.exe" goto die

rem Only mvn itself knows its version. MAVEN_OPTS might hold a debugger that waits.
set "MAVEN_OPTS="
set "MAVEN_ARGS="
set "version=0"
for /f "tokens=2-5 delims=.- " %%A in ('mvn -v ^<nul 2^>nul') do if "%%A"=="Maven" set /a "version=%%B * 1000000 + %%C * 1000 + %%D"
if %version% geq 3006003 goto installed

set "properties=%~dp0.mvn\wrapper\maven-wrapper.properties"
set "message=cannot read %properties%; restore it or install Maven 3.6.3 or later"
if not exist "%properties%" goto die
for /f "usebackq tokens=1,2 delims== " %%A in ("%properties%") do (
    if "%%A"=="distributionUrl" set "url=%%B"
    if "%%A"=="distributionSha256Sum" set "sum=%%B"
)
set "message=distributionUrl or distributionSha256Sum missing or malformed; correct %properties%"
if not defined url goto die
if not defined sum goto die
if "%sum:~63%"=="" goto die
if not "%sum:~64%"=="" goto die
rem What is left between hexadecimal digits. The 0, and 1 as the mark of a comment, keep any line from being one.
for /f "eol=1 delims=0123456789ABCDEFabcdef" %%A in ("0%sum%") do if not "%%A"=="" goto die
for %%A in ("%url%") do set "file=%%~nxA"
set "name=%file:-bin.tar.gz=%"
set "name=%name:-bin.zip=%"
if not defined MVNW_REPOURL goto located
if "%MVNW_REPOURL:~-1%"=="/" set "MVNW_REPOURL=%MVNW_REPOURL:~0,-1%"
set "url=%MVNW_REPOURL%/org/apache/maven/apache-maven/%name:apache-maven-=%/%file%"
:located

rem Named by the sum, as in mvnw: what is kept was checked against this very sum.
set "message=USERPROFILE is not set; set it or MAVEN_USER_HOME"
if not defined MAVEN_USER_HOME if not defined USERPROFILE goto die
if not defined MAVEN_USER_HOME set "MAVEN_USER_HOME=%USERPROFILE%\.m2"
for %%A in ("%MAVEN_USER_HOME%\wrapper\dists\%name%") do set "dists=%%~fA"
set "mvn=%dists%\%sum%\bin\mvn.cmd"
if exist "%mvn%" goto kept
call :fetch
if errorlevel 1 exit /b 1
:kept
rem Without call, which would change % and ^ in the arguments: mvn.cmd replaces this script.
endlocal & "%mvn%" %*
exit /b %errorlevel%

:installed
endlocal & mvn %*
exit /b %errorlevel%

:fetch
setlocal EnableDelayedExpansion
mkdir "!dists!" 2>nul
:again
set "temporary=!dists!\.tmp.!RANDOM!!RANDOM!"
rem Not every mkdir that succeeds resets the error level; ver does.
ver >nul
mkdir "!temporary!" 2>nul
if errorlevel 1 goto taken
>&2 echo mvnw: no mvn 3.6.3 or later on the PATH, fetching !url!
rem In the folder, with names alone: the tar of Git for Windows takes C: for a host.
pushd "!temporary!"
set "why=curl failed"
rem Both may be scripts, hence cmd /c: without it they would replace this script, and call would change %.
cmd /d /c curl -fsSL -o "!file!" "!url!" >why 2>&1
if errorlevel 1 goto unfetched
for /f "skip=1 delims=" %%A in ('certutil -hashfile "!file!" SHA256') do if not defined found set "found=%%A"
set "message=need certutil to check Maven; put it on the PATH, or install Maven 3.6.3 or later"
if not defined found goto die
set "message=SHA-256 sum of !url! is !found! instead of !sum!; do not use it, check the mirror or !properties!"
if /i not "!found!"=="!sum!" goto die
set "why=tar failed"
cmd /d /c tar -xf "!file!" >why 2>&1
if errorlevel 1 goto unpacked
set "message=no !name!\bin\mvn.cmd in !file!; correct distributionUrl in !properties!"
if not exist "!name!\bin\mvn.cmd" goto die
move "!name!" "!sum!" >nul 2>nul
rem Into the folder rather than to the final name: a concurrent run may have put
rem its own there, which is as good.
move "!sum!" "!dists!\" <nul >nul 2>nul
set "message=cannot write to !dists!; check its permissions or set MAVEN_USER_HOME"
if not exist "!mvn!" goto die
popd
rmdir /s /q "!temporary!"
exit /b 0

rem Two runs that start in the same second get the same random numbers.
:taken
if exist "!temporary!\" goto again
set "message=cannot write to !dists!; check its permissions or set MAVEN_USER_HOME"
set "temporary="
goto die

:unfetched
set /p why=<why
set "message=cannot fetch !url! (!why!); check the network, set MVNW_REPOURL to a mirror, or install Maven 3.6.3 or later"
goto die

:unpacked
set /p why=<why
set "message=cannot unpack !file! (!why!); check that tar is installed and the disk is not full"

:die
setlocal EnableDelayedExpansion
if defined temporary popd
if defined temporary rmdir /s /q "!temporary!"
>&2 echo mvnw: !message!
exit /b 1
