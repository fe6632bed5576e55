// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(IrbLexer, PartsPromptsFromAnswers) {
  expect_tokens("irb",
                {
                    {"irb> 1 + 1\n=> 2\n", "gp=irb> w=· mi=1 o=+ mi=1 p==> mi=2"},
                    {"irb(main):001:0> puts \"hi\"\nhi\n=> nil\n",
                     "gp=irb(main):001:0> w=· nb=puts s2=\"hi\" go=hi¶ p==> kp=nil"},
                    {"irb> boom\nNameError: undefined name\n\tfrom (irb):1\n",
                     "gp=irb> w=· n=boom gr=NameError:·undefined·name¶→from·(irb):1¶"},
                    {"# a note\nirb> x\n...\n=> #<User id: 1>\n",
                     "c=#·a·note¶ gp=irb> w=· n=x c=...¶ p==> kt=#< no=User ss=id:· mi=1 "
                     "kt=>"},
                });
}

}  // namespace
}  // namespace stet::highlight
