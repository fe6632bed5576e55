// Examples for a terminal, which the guide shows and its test runs: on the example site of `stet
// init --example`, with $STET for the admin origin and $TOKEN for a token with the scope admin.
//
// Threads: immutable.
#pragma once

#include <span>
#include <string_view>

namespace stet::docs {

struct Example {
  std::string_view operation;  // its operationId
  std::string_view title;
  std::string_view command;  // for a POSIX shell with curl
  int status = 200;          // of the command's last answer
};

std::span<const Example> examples();

}  // namespace stet::docs
