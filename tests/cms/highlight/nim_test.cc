// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(NimLexer, ReadsDeclarations) {
  expect_tokens("nim",
                {
                    {"## doc\n# c\nimport os\nproc add*(a: int, b = 1'i8): seq[int] =\n  "
                     "let x_y = a and b\n  if tr_ue: result.add(0xFFu) else: discard 1.5e3f32\n "
                     " proc `+`(x)\n",
                     "sd=##·doc c=#·c k=import n=os k=proc· nf=add o=* p=( n=a p=: kt=int "
                     "p=, n=b o== mi=1'i8 p=): kt=seq o=[ kt=int o=] o== k=let n=x_y "
                     "o== n=a ow=and n=b k=if kp=tr_ue p=: n=result p=. n=add p=( mh=0xFF "
                     "mi=u p=) k=else p=: k=discard mf=1.5e3f32 k=proc· nf=`+` p=( n=x "
                     "p=)"},
                    {"pr_oc	foo; proc (a) is__not and_ _x y",
                     "k=pr_oc→ nf=foo p=; k=proc p=( n=a p=) n=is err=__not·and_·_x·y"},
                });
}

TEST(NimLexer, ReadsLiterals) {
  expect_tokens(
      "nim",
      {
          {"r\"a\"\"b\" \"a\\n$1 $x\n\" \"\"\"t\n$\"\"\" '\\x41' 0..5 0b1 0o7 12'i64 1'u 2'f64 "
           "10i32 2f, 1e",
           "s=r\"a se=\" s=\"b\" s=\"a se=\\n si=$1 s=· si=$x err=¶ s=\" s=\"\"\"t¶$\"\"\" "
           "sc=' se=\\x41 sc=' mf=0 p=.. mi=5 m=0b1 mo=0o7 mi=12 il='i64 mi=1'u "
           "mf=2'f64 mi=10 il=i32 mi=2 n=f p=, mf=1 n=e"},
      });
}

TEST(NimLexer, KeepsAllBytesAndEnds) {
  expect_whole_and_ending("nim", {"r\"", "\"\"\"", "'", "`", "proc `", "x_"});
}

}  // namespace
}  // namespace stet::highlight
