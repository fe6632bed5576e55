// HTML in which the tags of a template stand.
//
// Threads, time, limits: those of Lexer.
#pragma once

#include <memory>

#include "cms/highlight/lexer.h"

namespace stet::highlight {

class Page : public Lexer {
 public:
  // Where an attribute's value would begin, a template's tag is the value: the page goes on behind.
  virtual void end_value() = 0;
};

std::unique_ptr<Page> make_page();

}  // namespace stet::highlight
