// Sheets of the site for the Sass compiler: what the configuration says of them, and where their
// imports are.
//
// Everything looked at is a read of the view: the configuration's `sass`, and each file that the
// compiler looked for, found or not. One thread, one render.
#pragma once

#include <string>

#include "cms/sass/compiler.h"
#include "cms/site/view.h"

namespace stet::render {

struct SheetText {
  std::string text;
  std::string path;    // of the file that it stands in
  int first_line = 1;  // in that file
  std::string name;    // "main.scss"; "stdin" for a text out of a template
  bool is_indented = false;
  bool has_map = false;
};

// Null `compiler`: a problem that says so.
sass::Compiled compile_sheet(SheetText sheet, site::View& view, sass::Compiler* compiler);

}  // namespace stet::render
