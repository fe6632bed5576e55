// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(CrystalLexer, ReadsDeclarations) {
  expect_tokens(
      "crystal",
      {
          {"module A::B\nabstract class Box < Base\n  getter size : Int32\n  @[Link(\"z\")]\n "
           " def self.add(a, *b) : Nil\n    @a += @@b ** $c\n  end\n  macro defined_in(x)\n "
           "   {% if x %}p {{x}}{% end %}\n  end\nend\n",
           "k=module nn=A::B n=abstract k=class nc=Box o=< no=Base kp=getter "
           "n=size p=: no=Int32 nd=@[Link(\"z\")] k=def nc=self o=. nf=add p=( "
           "n=a p=, o=* n=b p=) p=: no=Nil vi=@a o=+= vc=@@b o=** vg=$c k=end "
           "k=macro nf=defined_in p=( n=x p=) p={% k=if n=x p=%} nb=p p={{ "
           "n=x p=}}{% k=end p=%} k=end k=end"},
      });
}

TEST(CrystalLexer, ReadsCallsAndSymbols) {
  expect_tokens("crystal",
                {
                    {"default_value(x) ? y : z\nx.is_a?(Foo) // 2; a.b / c; [1, :sym, "
                     ":[]?, :\"q#{1}\"]\nk: 1, puts chomp!",
                     "k=def nf=ault_value p=( n=x p=) p=? n=y p=: n=z n=x p=. nf=is_a? "
                     "p=( no=Foo p=) o=// mi=2 p=; n=a p=. nf=b o=/ n=c p=; p=[ mi=1 "
                     "p=, ss=:sym p=, ss=:[]? p=, ss=:\"q si=#{ mi=1 si=} ss=\" p=] ss=k:· "
                     "mi=1 p=, nb=puts nb=chomp!"},
                    {"x <=> y... z && !w || v\nnil? ? 1:2",
                     "n=x o=<=> n=y o=... n=z o=&& o=! n=w o=|| n=v kp=nil p=? p=? mi=1 "
                     "p=: mi=2"},
                });
}

TEST(CrystalLexer, ReadsLiterals) {
  expect_tokens("crystal",
                {
                    {"0o17 0xFf 0b1 1_000_i64 1.5e3_f32 2e4 3_f32 'a' '\\n' '\\u{1F600}' "
                     "\"a\\u00e9 #{b}\\n\" \nx %w(a (b)) %r{x}i / y /m",
                     "mo=0o17 mh=0xFf mb=0b1 mi=1_000_i64 mf=1.5e3_f32 mf=2e4 mf=3_f32 "
                     "s1='a' s1=' se=\\n s1=' s1=' se=\\u{1F600} s1=' s2=\"a se=\\u00e9 s2=· "
                     "si=#{ n=b si=} se=\\n s2=\" n=x sx=%w(a·(b)) sr=%r{x}i o=/ n=y sr=/m"},
                    {"x = <<-A + <<-B\n  a #{b}\n  A\n  c\n  B\n`ls` # c\n__END__\nrest",
                     "n=x o== o=<<- no=A o=+ o=<<- no=B sh=¶··a· si=#{ n=b si=} sh=¶ "
                     "no=··A sh=¶··c¶ no=··B sb=`ls` c1=#·c cp=__END__¶rest"},
                });
}

TEST(CrystalLexer, KeepsAllBytesAndEnds) {
  expect_whole_and_ending("crystal", {"%w(", "<<-A\n", "'", "@[", "\"#{", "\"\\u{", "/"});
}

}  // namespace
}  // namespace stet::highlight
