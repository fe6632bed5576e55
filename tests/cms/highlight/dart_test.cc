// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(DartLexer, ReadsDeclarations) {
  expect_tokens("dart",
                {
                    {"library a; import 'b.dart' show C;\npart of d;\n@override\nabstract class "
                     "Box<T> extends Base with Mixed {\n  static int twice(int n, {required x}) "
                     "async => this.other(n);\n}",
                     "kn=library n=a o=; kn=import s='b.dart' kd=show n=C o=; kn=part·of n=d o=; "
                     "nd=@override kd=abstract kd=class nc=Box p=< n=T p=> kd=extends n=Base "
                     "k=with n=Mixed p={ kd=static kt=int n=twice p=( kt=int n=n p=, p={ "
                     "kd=required n=x p=}) kd=async o== p=> k=this o=. na=other p=( n=n p=); p=}"},
                    {"enum E { a } for (var i in [1]) l: i as int; #sym; $x",
                     "kt=enum n=E p={ n=a p=} k=for p=( kd=var n=i k=in p=[ mi=1 p=]) nl=l: n=i "
                     "k=as kt=int p=; ss=#sym p=; n=$x"},
                });
}

TEST(DartLexer, ReadsLiterals) {
  expect_tokens("dart",
                {
                    {"\"a $b ${c.d} \\n\\q\" 'e' r'f\\' r\"g\"\n12 0x1F 1.5e-3 true /* h */ // i",
                     "s=\"a· si=$b s=· si=${c.d} s=· se=\\n err=\\ s=q\" s='e' sx=r'f\\' "
                     "sx=r\"g\" mi=12 mh=0x1F mf=1.5e-3 kc=true cm=/*·h·*/ c1=//·i"},
                });
}

TEST(DartLexer, KeepsAllBytesAndEnds) {
  expect_whole_and_ending("dart", {"a\n", "r'", "\"${", "part ", "/*"});
}

}  // namespace
}  // namespace stet::highlight
