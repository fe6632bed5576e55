// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(ConsoleLexer, PartsPromptsFromOutput) {
  expect_tokens(
      "console",
      {
          {"$ git status\nOn branch main\n", "gp=$ w=· go=On·branch·main¶"},
          {"root@host:~# make\nmake: done\n...\n", "gp=root@host:~# w=· go=make:·done¶ c=...¶"},
          {"user> cd /tmp\n", "gp=user> w=· nb=cd"},
      });
}

}  // namespace
}  // namespace stet::highlight
