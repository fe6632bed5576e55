// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(ScalaLexer, ReadsDeclarations) {
  expect_tokens("scala",
                {
                    {"package a.b\nimport c.{D, E}\n@fast class Box[+T <: Any](val size: Int) "
                     "extends Base with Shape {\n  def twice[A](n: List[A]): a.b.Type = "
                     "this.other(n) // c\n  val x = y.map { case _ => 'sym }\n  type P = "
                     "Map[Int, String]\n}\nobject One { def +(o: One): One }",
                     "k=package nn=a.b k=import nn=c. o={ n=D o=, n=E o=} nd=@fast k=class "
                     "nc=Box o=[ kt=+T k=<: kt=Any o=]( k=val nv=size k=: kt=Int o=) k=extends "
                     "nc=Base k=with nc=Shape o={ k=def nf=twice o=[ kt=A o=]( n=n k=: kt=List "
                     "o=[ kt=A o=]) k=: kt=a.b.Type o== k=this o=. py=other o=( n=n o=) c1=//·c "
                     "k=val nv=x k== nv=y o=. py=map o={ k=case k=_ k==> ss='sym o=} k=type kt=P "
                     "o== nc=Map o=[ kt=Int kt=String o=] o=} k=object nc=One o={ k=def nf=+ o=( "
                     "n=o k=: kt=One o=) k=: kt=One o=}"},
                });
}

TEST(ScalaLexer, ReadsLiterals) {
  expect_tokens("scala",
                {
                    {"\"a \\\"b\\\"\" \"\"\"c \"d\" \"\"\" 'e' '\\n' 'ab' 0x1F 12L 1.5e3f 2d "
                     "null `f g` /* h /* i */ j */\nx_+ ⇒ y <- z == 1",
                     "s=\"a·\\\"b\\\"\" s=\"\"\"c·\"d\"·\"\"\" sc='e' sc='\\n' ss='a n=b o=' "
                     "mh=0x1F mi=12L mf=1.5e3f mf=2d kc=null n=`f·g` cm=/*·h·/*·i·*/·j·*/ n=x_+ "
                     "k=⇒ n=y k=<- n=z o=== mi=1"},
                });
}

TEST(ScalaLexer, KeepsAllBytesAndEnds) {
  expect_whole_and_ending("scala", {"a.", ": a.", "/*", "\"\"\"", "class a ", "[", "a\n", "`"});
}

}  // namespace
}  // namespace stet::highlight
