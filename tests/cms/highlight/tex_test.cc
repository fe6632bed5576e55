// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(TexLexer, ReadsCommandsAndMathematics) {
  expect_tokens(
      "tex",
      {
          {"\\documentclass[12pt]{article} % note\n"
           "\\begin{document}\n"
           "Hello \\textbf*{world} \\\\[2pt] & ~\n"
           "\\verb|a_b| $x_1 + \\alpha^2$ \\(y\\)\n"
           "\\end{document}",
           "k=\\documentclass na=[12pt] p={ p=} c=%·note nt=\\begin{document} k=\\textbf* p={ "
           "p=} k=\\\\ na=[2pt] p=& nb=\\verb kp=| sx=a_b kp=| p=$ nb=x p=_ m=1 nb=· o=+ nb=· "
           "nv=\\alpha p=^ m=2 p=$ p=\\( nb=y p=\\) nt=\\end{document}"},
          {"\\[ \\frac{1}{2} = z \\] $$a$b$$",
           "p=\\[ nb=· nv=\\frac p={ m=1 p=}{ m=2 p=} nb=· o== nb=·z· p=\\] p=$$ nb=a$b p=$$"},
      });
}

}  // namespace
}  // namespace stet::highlight
