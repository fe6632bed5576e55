// Words of Windows' command files.
#pragma once

#include "cms/highlight/word_set.h"

namespace stet::highlight {

// clang-format off
inline constexpr WordSet kBatchDevices{{
    "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt1",
    "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
}};

inline constexpr WordSet kBatchKeywords{{
    "call", "do", "else", "exit", "for", "goto", "if", "in",
}};

inline constexpr WordSet kBatchOperators{{
    "cmdextversion", "defined", "equ", "errorlevel", "exist", "geq", "gtr", "leq", "lss", "neq",
    "not",
}};

inline constexpr WordSet kBatchCommands{{
    "addusers", "admodcmd", "ansicon", "arp", "assoc", "at", "attrib", "bcdboot", "bcdedit",
    "bitsadmin", "break", "browstat", "cacls", "cd", "certreq", "certutil", "change", "chcp",
    "chdir", "chkdsk", "chkntfs", "choice", "cidiag", "cipher", "cleanmgr", "clip", "cls", "cmd",
    "cmdkey", "color", "comp", "compact", "compress", "convert", "convertcp", "copy", "coreinfo",
    "csccmd", "cscript", "csvde", "curl", "date", "debug", "defrag", "del", "delprof", "deltree",
    "devcon", "diamond", "dir", "dirquota", "diruse", "diskpart", "diskshadow", "diskuse", "dism",
    "dnscmd", "doskey", "dpath", "driverquery", "dsacls", "dsadd", "dsget", "dsmgmt", "dsmod",
    "dsmove", "dsquery", "dsregcmd", "dsrm", "echo", "edlin", "endlocal", "erase", "eventcreate",
    "expand", "extract", "fc", "fdisk", "find", "findstr", "fltmc", "forfiles", "format",
    "freedisk", "fsutil", "ftp", "ftype", "getmac", "gpresult", "gpupdate", "graftabl", "help",
    "hostname", "icacls", "ifmember", "inuse", "ipconfig", "kill", "label", "lgpo", "lodctr",
    "logman", "logoff", "logtime", "makecab", "mapisend", "mbsacli", "md", "mem", "mkdir", "mklink",
    "mode", "more", "mountvol", "move", "moveuser", "msg", "mshta", "msiexec", "msinfo32", "mstsc",
    "nbtstat", "net", "net1", "netdom", "netsh", "netstat", "nlsinfo", "nltest", "now", "nslookup",
    "ntbackup", "ntdsutil", "ntoskrnl", "ntrights", "nvspbind", "openfiles", "path", "pathping",
    "pause", "perms", "ping", "pngout", "pnputil", "popd", "portqry", "powercfg", "print",
    "printbrm", "prncnfg", "prnmngr", "procdump", "prompt", "psexec", "psfile", "psgetsid",
    "psinfo", "pskill", "pslist", "psloggedon", "psloglist", "pspasswd", "psping", "psservice",
    "psshutdown", "pssuspend", "pushd", "qbasic", "qgrep", "qprocess", "query", "quser", "qwinsta",
    "rasdial", "rd", "recover", "reg", "reg1", "regdump", "regedt32", "regini", "regsvr32", "ren",
    "rename", "replace", "reset", "restore", "rmdir", "rmtshare", "robocopy", "route", "rpcping",
    "run", "runas", "rundll32", "sc", "scandisk", "schtasks", "setlocal", "setspn", "setx", "sfc",
    "share", "shellrunas", "shift", "shortcut", "shutdown", "sigcheck", "sleep", "slmgr", "sort",
    "start", "strings", "subinacl", "subst", "sysmon", "systeminfo", "takeown", "taskkill",
    "tasklist", "telnet", "tftp", "time", "timeout", "title", "tlist", "touch", "tracerpt",
    "tracert", "tree", "tscon", "tsdiscon", "tskill", "tttracer", "type", "typeperf", "tzutil",
    "undelete", "unformat", "ver", "verifier", "verify", "vmconnect", "vol", "vssadmin", "w32tm",
    "waitfor", "wbadmin", "wecutil", "wevtutil", "wget", "where", "whoami", "windiff", "winrm",
    "winrs", "wmic", "wpeutil", "wpr", "wscript", "wuauclt", "wusa", "xcopy",
}};

inline constexpr WordSet kBatchAttributes{{
    "disable", "enabledelayedexpansion", "enableextensions", "off", "on",
}};

// clang-format on

}  // namespace stet::highlight
