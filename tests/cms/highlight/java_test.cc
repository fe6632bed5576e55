// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(JavaLexer, ReadsDeclarationsAndMethods) {
  expect_tokens("java",
                {
                    {"package a.b;\nimport java.util.*;\n\n/* Two. */\n@Fast public final class "
                     "Box<T> extends Base {\n  private static int[] twice(int n) throws Bad { "
                     "return other(n); }\n}",
                     "kn=package nn=a.b o=; kn=import nn=java.util.* o=; cm=/*·Two.·*/ nd=@Fast "
                     "kd=public kd=final kd=class nc=Box o=< no=T o=> kd=extends nc=Base o={ "
                     "kd=private kd=static kt=int o=[] nf=twice o=( kt=int n=n o=) kd=throws "
                     "nc=Bad o={ k=return n=other o=( n=n o=); o=} o=}"},
                    {"interface Shape { void draw (Pen pen); }\nloop: while (x.next != null) { "
                     "new Pen().run(this); }",
                     "kd=interface nc=Shape o={ kt=void nf=draw o=( nc=Pen n=pen o=); o=} "
                     "nl=loop: k=while o=( n=x o=. na=next o=!= kc=null o=) o={ k=new nc=Pen "
                     "o=(). na=run o=( k=this o=); o=}"},
                });
}

TEST(JavaLexer, ReadsLiterals) {
  expect_tokens("java",
                {
                    {"char a = '\\n', b = '\\u00e9'; // c\nString s = \"a \\\"b\\\"\";\nx = 0x1F "
                     "+ 0b1_0 + 017 + 1_000L + 1.5e3f + $a + MAX_9 + Big_one + true;",
                     "kt=char n=a o== sc='\\n' o=, n=b o== sc='\\u00e9' o=; c1=//·c nc=String "
                     "n=s o== s=\"a·\\\"b\\\"\" o=; n=x o== mh=0x1F o=+ mb=0b1_0 o=+ mo=017 o=+ "
                     "mi=1_000L o=+ mf=1.5e3f o=+ n=$a o=+ no=MAX_9 o=+ n=Big_one o=+ kc=true o=;"},
                    {"#1 é 'ab'", "err=# mi=1 n=é err=' n=ab err='"},
                });
}

TEST(JavaLexer, KeepsAllBytesAndEnds) {
  expect_whole_and_ending("java", {"a ", "\n", "a.b.", "\"\\\"", "'"});
}

}  // namespace
}  // namespace stet::highlight
