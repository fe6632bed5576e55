// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(GroovyLexer, ReadsDeclarations) {
  expect_tokens("groovy",
                {
                    {"package a.b\nimport c.d.*\n@Fast class Box extends Base {\n  def static "
                     "twice(int n) { return n.times(2) }\n}\nx = [a: 1, b: y.z] as Map",
                     "kn=package nn=a.b kn=import nn=c.d.* nd=@Fast kd=class nc=Box kd=extends "
                     "n=Base o={ kt=def kd=static nf=twice o=( kt=int n=n o=) o={ k=return n=n "
                     "o=. na=times o=( mi=2 o=) o=} o=} n=x o== o=[ nl=a: mi=1 o=, nl=b: n=y o=. "
                     "na=z o=] k=as n=Map"},
                    {"  task foo (1) {\n    if (x) foo()\n/* a */ trait T { } // b",
                     "n=task nf=foo o=( mi=1 o=) o={ k=if o=( n=x o=) n=foo o=() cm=/*·a·*/ "
                     "kd=trait nc=T o={ o=} c1=//·b"},
                });
}

TEST(GroovyLexer, ReadsLiterals) {
  expect_tokens("groovy",
                {
                    {"'a' \"b ${c}\" '''d''' \"\"\"e\nf\"\"\" /g/ $/h/$ 'i\\'j'\n12L 0x1f 1.5e3f "
                     "true $k",
                     "s1='a' s2=\"b·${c}\" s1='''d''' s2=\"\"\"e¶f\"\"\" s=/g/ s=$/h/$ "
                     "s1='i\\'j' mi=12L mh=0x1f mf=1.5e3f kc=true n=$k"},
                });
}

TEST(GroovyLexer, ReadsWhatGradleAdds) {
  expect_tokens("gradle",
                {
                    {"dependencies { compile 'a:b:1' }\nTask t = new Task()",
                     "k=dependencies o={ n=compile s1='a:b:1' o=} kt=Task n=t o== k=new kt=Task "
                     "o=()"},
                });
}

TEST(GroovyLexer, KeepsAllBytesAndEnds) {
  expect_whole_and_ending("groovy", {"a\n", "'''", "$/", "\"\\\n", "/*"});
}

}  // namespace
}  // namespace stet::highlight
