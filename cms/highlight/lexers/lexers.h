// The lexers, one file each, and which of them reads a language.
//
// They are written from the languages' own grammars, and agree with Rouge 3.30 about which token is
// of which kind, oddities included: the style sheets of Jekyll's sites were made for what it
// writes.
#pragma once

#include <memory>

#include "cms/highlight/lexer.h"

namespace stet::highlight {

using MakeLexer = std::unique_ptr<Lexer> (*)();

std::unique_ptr<Lexer> make_apache();
std::unique_ptr<Lexer> make_batchfile();
std::unique_ptr<Lexer> make_c();
std::unique_ptr<Lexer> make_clojure();
std::unique_ptr<Lexer> make_cmake();
std::unique_ptr<Lexer> make_conf();
std::unique_ptr<Lexer> make_console();
std::unique_ptr<Lexer> make_coq();
std::unique_ptr<Lexer> make_cpp();
std::unique_ptr<Lexer> make_crystal();
std::unique_ptr<Lexer> make_csharp();
std::unique_ptr<Lexer> make_css();
std::unique_ptr<Lexer> make_d();
std::unique_ptr<Lexer> make_dart();
std::unique_ptr<Lexer> make_diff();
std::unique_ptr<Lexer> make_docker();
std::unique_ptr<Lexer> make_elixir();
std::unique_ptr<Lexer> make_elm();
std::unique_ptr<Lexer> make_erb();
std::unique_ptr<Lexer> make_erlang();
std::unique_ptr<Lexer> make_fsharp();
std::unique_ptr<Lexer> make_glsl();
std::unique_ptr<Lexer> make_go();
std::unique_ptr<Lexer> make_gradle();
std::unique_ptr<Lexer> make_graphql(int nesting);  // as for Markdown, which it holds
std::unique_ptr<Lexer> make_groovy();
std::unique_ptr<Lexer> make_hack();
std::unique_ptr<Lexer> make_handlebars();
std::unique_ptr<Lexer> make_haskell();
std::unique_ptr<Lexer> make_hcl();
std::unique_ptr<Lexer> make_html();
std::unique_ptr<Lexer> make_http();
std::unique_ptr<Lexer> make_ini();
std::unique_ptr<Lexer> make_irb();
std::unique_ptr<Lexer> make_irb_output();
std::unique_ptr<Lexer> make_java();
std::unique_ptr<Lexer> make_javascript();
std::unique_ptr<Lexer> make_jinja();
std::unique_ptr<Lexer> make_json();
std::unique_ptr<Lexer> make_json_doc();
std::unique_ptr<Lexer> make_jsx();
std::unique_ptr<Lexer> make_julia();
std::unique_ptr<Lexer> make_kotlin();
std::unique_ptr<Lexer> make_liquid();
std::unique_ptr<Lexer> make_lua();
std::unique_ptr<Lexer> make_make();
std::unique_ptr<Lexer> make_markdown(int nesting);  // in how many other documents it stands
std::unique_ptr<Lexer> make_nginx();
std::unique_ptr<Lexer> make_nim();
std::unique_ptr<Lexer> make_objective_c();
std::unique_ptr<Lexer> make_ocaml();
std::unique_ptr<Lexer> make_perl();
std::unique_ptr<Lexer> make_php();
std::unique_ptr<Lexer> make_powershell();
std::unique_ptr<Lexer> make_properties();
std::unique_ptr<Lexer> make_protobuf();
std::unique_ptr<Lexer> make_python();
std::unique_ptr<Lexer> make_r();
std::unique_ptr<Lexer> make_ruby();
std::unique_ptr<Lexer> make_rust();
std::unique_ptr<Lexer> make_sass();
std::unique_ptr<Lexer> make_scala();
std::unique_ptr<Lexer> make_scheme();
std::unique_ptr<Lexer> make_scss();
std::unique_ptr<Lexer> make_shell();
std::unique_ptr<Lexer> make_solidity();
std::unique_ptr<Lexer> make_sql();
std::unique_ptr<Lexer> make_swift();
std::unique_ptr<Lexer> make_terraform();
std::unique_ptr<Lexer> make_tex();
std::unique_ptr<Lexer> make_toml();
std::unique_ptr<Lexer> make_tsx();
std::unique_ptr<Lexer> make_twig();
std::unique_ptr<Lexer> make_typescript();
std::unique_ptr<Lexer> make_viml();
std::unique_ptr<Lexer> make_visual_basic();
std::unique_ptr<Lexer> make_xml();
std::unique_ptr<Lexer> make_yaml();

}  // namespace stet::highlight
