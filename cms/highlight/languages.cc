#include "cms/highlight/languages.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "cms/highlight/highlight.h"

namespace stet::highlight {
namespace {

// The tags and aliases of Rouge 3.30's lexers, sorted by byte.
// clang-format off
constexpr std::array<std::string_view, 372> kNames = {
    "Dockerfile", "HAML", "Isabelle", "LaTeX", "OCL", "R", "S", "TeX", "abap", "actionscript",
    "ada", "apache", "apex", "apib", "apiblueprint", "applescript", "armasm", "as", "as3", "aug",
    "augeas", "awk", "bash", "bat", "batch", "batchfile", "bbcbasic", "behat", "bib", "bibtex",
    "biml", "bpf", "brainfuck", "brightscript", "brs", "bs", "bsdmake", "bsl", "c", "c#", "c++",
    "ceylon", "cfc", "cfscript", "cl", "clean", "clj", "cljs", "clojure", "cmake", "cmhg", "cmm",
    "coffee", "coffee-script", "coffeescript", "common-lisp", "common_lisp", "conf", "config",
    "configuration", "console", "coq", "cpp", "cr", "crystal", "cs", "csharp", "css", "csvs",
    "cucumber", "cuda", "cypher", "cython", "d", "dafny", "dart", "datastudio", "diff", "digdag",
    "django", "dlang", "docker", "dockerfile", "dosbatch", "dot", "e-mail", "ecl", "eex", "eiffel",
    "elisp", "elixir", "elm", "emacs-lisp", "email", "eml", "epp", "eps", "erb", "erl", "erlang",
    "eruby", "esc", "escape", "ex", "exs", "factor", "fea", "ff", "fluent", "fortran", "freefem",
    "fsharp", "ftl", "gd", "gdscript", "ghc-cmm", "ghc-core", "gherkin", "glsl", "gnumake", "go",
    "golang", "gradle", "graphql", "groovy", "hack", "haml", "handlebars", "haskell", "haxe", "hbs",
    "hcl", "heex", "hh", "hlsl", "hocon", "hql", "hs", "html", "http", "hx", "hy", "hylang",
    "idlang", "idr", "idris", "igorpro", "ini", "io", "irb", "irb_output", "isa", "isabelle",
    "isbl", "j", "janet", "java", "javascript", "jdn", "jinja", "jl", "js", "jsl", "json",
    "json-doc", "jsonc", "jsonnet", "jsp", "jsx", "julia", "kdb+", "kotlin", "ksh", "lasso",
    "lassoscript", "latex", "lean", "leex", "lhaskell", "lhs", "liquid", "lisp", "litcoffee",
    "literate_coffeescript", "literate_haskell", "lithaskell", "livescript", "llvm", "ls", "lua",
    "lustre", "lutin", "m", "m68k", "magik", "make", "makefile", "markdown", "mason", "mathematica",
    "matlab", "md", "meson", "mf", "microsoftshell", "minizinc", "mkd", "ml", "moon", "moonscript",
    "mosel", "msgtrans", "msshell", "mustache", "mxml", "nasm", "nes", "nesasm", "nginx", "nial",
    "nim", "nimrod", "nix", "nixos", "obj-c", "obj-c++", "obj-cpp", "obj_c", "obj_c++", "obj_cpp",
    "objc", "objc++", "objcpp", "objective_c", "objective_cpp", "objectivec", "objectivec++",
    "objectivecpp", "ocaml", "ocl", "openedge", "opentype", "opentype_feature_file",
    "opentypefeature", "pascal", "patch", "perl", "php", "php3", "php4", "php5", "pl", "plaintext",
    "plist", "plsql", "pony", "posh", "postscr", "postscript", "powershell", "pp", "praat",
    "prolog", "prometheus", "properties", "proto", "protobuf", "pry", "ps", "puppet", "py", "pyrex",
    "python", "pyx", "q", "qml", "r", "racket", "rb", "react", "realbasic", "reasonml", "rego",
    "rescript", "rhtml", "robot", "robot-framework", "robot_framework", "rs", "rs,ignore",
    "rs,no_run", "rs,should_panic", "ruby", "rust", "rust,ignore", "rust,no_run",
    "rust,should_panic", "s", "sas", "sass", "scala", "scheme", "scss", "sed", "sh", "shell",
    "shell-session", "shell_session", "sieve", "slice", "slim", "smalltalk", "smarty", "sml",
    "solidity", "sparql", "sqf", "sql", "squeak", "ssh", "st", "stan", "stata", "supercollider",
    "swift", "systemd", "syzlang", "syzprog", "tap", "tcl", "terminal", "terraform", "tex", "text",
    "tf", "toml", "ts", "tsx", "ttcn3", "tulip", "turtle", "twig", "typescript", "udiff",
    "unit-file", "vala", "varnish", "varnishconf", "vb", "vcl", "velocity", "verilog", "vhdl",
    "vim", "viml", "vimscript", "visualbasic", "vue", "vuejs", "winbatch", "wl", "wollok", "xml",
    "xojo", "xpath", "xquery", "yaml", "yang", "yml", "zig", "zir", "zsh",
};
// clang-format on

struct Language {
  std::string_view name;
  MakeLexer make;
};

// Sorted by name. The others' code is plain text; Markdown, and GraphQL with Markdown inside,
// are told how deep they lie.
constexpr Language kLanguages[] = {
    {"Dockerfile", make_docker},
    {"LaTeX", make_tex},
    {"R", make_r},
    {"S", make_r},
    {"TeX", make_tex},
    {"apache", make_apache},
    {"bash", make_shell},
    {"bat", make_batchfile},
    {"batch", make_batchfile},
    {"batchfile", make_batchfile},
    {"bsdmake", make_make},
    {"c", make_c},
    {"c#", make_csharp},
    {"c++", make_cpp},
    {"conf", make_conf},
    {"config", make_conf},
    {"configuration", make_conf},
    {"console", make_console},
    {"coq", make_coq},
    {"cpp", make_cpp},
    {"cs", make_csharp},
    {"csharp", make_csharp},
    {"css", make_css},
    {"d", make_d},
    {"dart", make_dart},
    {"diff", make_diff},
    {"dlang", make_d},
    {"docker", make_docker},
    {"dockerfile", make_docker},
    {"dosbatch", make_batchfile},
    {"elixir", make_elixir},
    {"erb", make_erb},
    {"erl", make_erlang},
    {"erlang", make_erlang},
    {"eruby", make_erb},
    {"ex", make_viml},
    {"exs", make_elixir},
    {"glsl", make_glsl},
    {"gnumake", make_make},
    {"go", make_go},
    {"golang", make_go},
    {"gradle", make_gradle},
    {"groovy", make_groovy},
    {"hack", make_hack},
    {"haskell", make_haskell},
    {"hh", make_hack},
    {"hs", make_haskell},
    {"html", make_html},
    {"http", make_http},
    {"ini", make_ini},
    {"irb", make_irb},
    {"irb_output", make_irb_output},
    {"java", make_java},
    {"javascript", make_javascript},
    {"jl", make_julia},
    {"js", make_javascript},
    {"json", make_json},
    {"json-doc", make_json_doc},
    {"jsonc", make_json_doc},
    {"jsx", make_jsx},
    {"julia", make_julia},
    {"kotlin", make_kotlin},
    {"ksh", make_shell},
    {"latex", make_tex},
    {"liquid", make_liquid},
    {"lua", make_lua},
    {"make", make_make},
    {"makefile", make_make},
    {"mf", make_make},
    {"microsoftshell", make_powershell},
    {"msshell", make_powershell},
    {"nginx", make_nginx},
    {"obj-c", make_objective_c},
    {"obj_c", make_objective_c},
    {"objc", make_objective_c},
    {"objective_c", make_objective_c},
    {"objectivec", make_objective_c},
    {"patch", make_diff},
    {"php", make_php},
    {"php3", make_php},
    {"php4", make_php},
    {"php5", make_php},
    {"posh", make_powershell},
    {"powershell", make_powershell},
    {"properties", make_properties},
    {"proto", make_protobuf},
    {"protobuf", make_protobuf},
    {"pry", make_irb},
    {"py", make_python},
    {"python", make_python},
    {"r", make_r},
    {"rb", make_ruby},
    {"react", make_jsx},
    {"rhtml", make_erb},
    {"rs", make_rust},
    {"rs,ignore", make_rust},
    {"rs,no_run", make_rust},
    {"rs,should_panic", make_rust},
    {"ruby", make_ruby},
    {"rust", make_rust},
    {"rust,ignore", make_rust},
    {"rust,no_run", make_rust},
    {"rust,should_panic", make_rust},
    {"s", make_r},
    {"sass", make_sass},
    {"scala", make_scala},
    {"scheme", make_scheme},
    {"scss", make_scss},
    {"sh", make_shell},
    {"shell", make_shell},
    {"shell-session", make_console},
    {"shell_session", make_console},
    {"solidity", make_solidity},
    {"sql", make_sql},
    {"swift", make_swift},
    {"terminal", make_console},
    {"tex", make_tex},
    {"toml", make_toml},
    {"ts", make_typescript},
    {"tsx", make_tsx},
    {"typescript", make_typescript},
    {"udiff", make_diff},
    {"vim", make_viml},
    {"viml", make_viml},
    {"vimscript", make_viml},
    {"winbatch", make_batchfile},
    {"xml", make_xml},
    {"yaml", make_yaml},
    {"yml", make_yaml},
    {"zsh", make_shell},
};

}  // namespace

bool is_known_language(std::string_view name) {
  return std::binary_search(kNames.begin(), kNames.end(), name);
}

std::unique_ptr<Lexer> make_lexer(std::string_view language, int nesting) {
  if (language == "markdown" || language == "md" || language == "mkd") {
    return make_markdown(nesting);
  }
  if (language == "graphql") return make_graphql(nesting);
  const auto* found =
      std::lower_bound(std::begin(kLanguages),
                       std::end(kLanguages),
                       language,
                       [](const Language& one, std::string_view name) { return one.name < name; });
  return found != std::end(kLanguages) && found->name == language ? found->make() : nullptr;
}

}  // namespace stet::highlight
