// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(CLexer, ReadsDeclarationsAndFunctions) {
  expect_tokens("c",
                {
                    {"#include <stdio.h>\n#define A(x) \\\n  (x)\n\n"
                     "static int *twice(const char *s, size_t n) {\n  return n * 2; /* b */\n}\n",
                     "cp=#include cpf=<stdio.h> cp=¶#define·A(x)·\\¶··(x)¶ k=static kt=int "
                     "o=* nf=twice p=( k=const kt=char o=* n=s p=, kt=size_t n=n p=) p={ k=return "
                     "n=n o=* mi=2 p=; cm=/*·b·*/ p=}"},
                    {"int main(void);\nout: goto out;\n",
                     "kt=int nf=main p=( kt=void p=); n=out o=: k=goto n=out p=;"},
                });
}

TEST(CLexer, ReadsLiterals) {
  expect_tokens(
      "c",
      {
          {"x = 0x1fUL + 017 + 12 + 1e5;\nc = '\\n';\ns = L\"a\\x41\\101 %d\\n\";",
           "n=x o== mh=0x1fUL o=+ mo=017 o=+ mi=12 o=+ mf=1e5 p=; n=c o== sc='\\n' p=; "
           "n=s o== s=L\"a se=\\x41\\101 s=·%d se=\\n s=\" p=;"},
          {"#if 0\ndead\n#else\nlive();\n#endif\n", "c=#if·0¶dead¶#else n=live p=(); cp=#endif¶"},
          {"switch (x) { case A: break; }",
           "k=switch p=( n=x p=) p={ k=case n=A p=: k=break p=; p=}"},
      });
}

}  // namespace
}  // namespace stet::highlight
