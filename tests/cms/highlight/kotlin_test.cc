// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(KotlinLexer, ReadsDeclarations) {
  expect_tokens("kotlin",
                {
                    {"package a.b\nimport c.d.*\ndata class Box<out T : Any>(val size: Int = 1) "
                     "{ companion object }\nfun <T> List.twice(a: T): Int? = return@twice a?.b "
                     "?: c!!\nval (x, y) = p; var `odd name` = A::class",
                     "k=package nn=a.b k=import nn=c.d.* kd=data·class nc=Box p=< k=out nc=T p=: "
                     "nc=Any p=>( kd=val py=size p=: nc=Int p== mi=1 p=) p={ k=companion "
                     "k=object p=} k=fun p=< nc=T p=> nc=List p=. nf=twice p=( n=a p=: nc=T p=): "
                     "nc=Int p=? p== k=return nd=@twice n=a o=?. n=b o=?: n=c o=!! kd=val p=( "
                     "py=x p=, py=y p=) p== n=p p=; kd=var py=`odd n=name` p== nc=A o=:: k=class"},
                    {"[Mark] x\n@Fast object One; l@ for (i in 0..9) run { it-1 }",
                     "na=[Mark] n=x nd=@Fast kd=object nc=One p=; nd=l@ k=for p=( n=i k=in mi=0 "
                     "o=.. mi=9 p=) nf=run p={ n=it-1 p=}"},
                });
}

TEST(KotlinLexer, ReadsLiterals) {
  expect_tokens(
      "kotlin",
      {
          {"'a' '\\n' \"b \\\" ${c}\" \"\"\"d \"e\" \"\"\" @\"f\"\"g\"\n1 1_000L 0x1Fu "
           "0b1 1.5e3 .5f 2f 012",
           "sc='a' sc='\\n' s=\"b·\\\"·${c}\" s=\"\"\"d·\"e\"·\"\"\" s=@\"f\"\"g\" "
           "mi=1 mi=1_000L mh=0x1Fu mb=0b1 mf=1.5e3 mf=.5f mf=2f mi=012"},
          {"// a\n/* b */ /* c\n /* d */ e */ f", "c1=//·a cm=/*·b·*/ cm=/*·c¶·/*·d·*/·e·*/ n=f"},
      });
}

TEST(KotlinLexer, KeepsAllBytesAndEnds) {
  expect_whole_and_ending("kotlin", {"\n", "/*\n", "a<", "`a ", "@\"\"\""});
}

}  // namespace
}  // namespace stet::highlight
