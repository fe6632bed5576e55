// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(CsharpLexer, ReadsDeclarations) {
  expect_tokens("csharp",
                {
                    {"using System.Text;\nnamespace A.B {\n#region c\n  public class Box<T> : "
                     "Base where T : struct {\n    private int Twice(int @n) => Other(n) * 2; // "
                     "d\n  }\n}",
                     "k=using nn=System.Text p=; k=namespace nn=A.B p={ cp=#region·c¶ k=public "
                     "k=class nc=Box p=< n=T p=> p=: n=Base k=where n=T p=: k=struct err={ "
                     "nc=private kt=int nf=Twice p=( kt=int n=@n p=) p==> nf=Other p=( n=n p=) "
                     "p=* m=2 p=; c1=//·d p=} p=}"},
                    {"using (var x = new Y()) { foreach (string s in l) yield return s; }\n#  "
                     "oops",
                     "k=using p=( kt=var n=x p== k=new nf=Y p=()) p={ k=foreach p=( kt=string "
                     "n=s k=in n=l p=) k=yield k=return n=s p=; p=} err=# n=oops"},
                });
}

TEST(CsharpLexer, ReadsLiterals) {
  expect_tokens("csharp",
                {
                    {"'a' '\\n' \"b \\\" c\" @\"d \"\"e\"\" \\\" $\"f {g + 1} \\n\" $@\"h \"\" "
                     "{i}\"\n12 0x1FL 1.5e+3f 2d <[ x: y ]>",
                     "sc='a' sc='\\n' s=\"b·\\\"·c\" s=@\"d·\"\"e\"\"·\\\" s=$\"f· p={ n=g p=+ "
                     "m=1 p=} s=·\\n\" s=$@\"h·\"\"· p={ n=i p=} s=\" m=12 m=0x1FL m=1.5e+3f "
                     "m=2d k=<[·x: n=y k=]>"},
                    {"/* a\nb */ \"open\nc", "cm=/*·a¶b·*/ s=\"open¶ n=c"},
                });
}

TEST(CsharpLexer, KeepsAllBytesAndEnds) {
  expect_whole_and_ending("csharp", {"@\"\"\"", "$\"{", "using @", "/*", "\"\\\""});
}

}  // namespace
}  // namespace stet::highlight
