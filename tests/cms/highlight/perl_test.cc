// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(PerlLexer, TellsKindsOfWords) {
  expect_tokens(
      "perl",
      {
          {"my $name = shift; # note\n"
           "use Foo::Bar;\n"
           "print STDERR \"a\" if $x eq $y{key} and @$list > $#a;\n"
           "sub add ($$) { return $_[0] }",
           "k=my nv=$name o== nb=shift p=; c1=#·note k=use nn=Foo:: nv=Bar p=; k=print "
           "bp=STDERR p=\" s2=a p=\" k=if nv=$x ow=eq nv=$y p={ nv=key p=} ow=and nv=@$list "
           "o=> nv=$#a p=; k=sub· nf=add p=($$) p={ k=return vg=$_ p=[ mi=0 p=] p=}"},
          {"%h = (key => 1, other\n  # note\n  => $&);",
           "nv=%h o== p=( s=key o==> mi=1 p=, s=other c1=#·note o==> vg=$& p=);"},
      });
}

TEST(PerlLexer, ReadsPatterns) {
  expect_tokens("perl",
                {
                    {"$a =~ s/a\\/b/c/gr; $a =~ tr{a-z}{A-Z}; y/a/b/; m!x!i; /\\d+/ox; s (a) (b)",
                     "nv=$a o==~ sr=s/a\\/b/c/gr p=; nv=$a o==~ sr=tr{a-z}{A-Z} p=; sr=y/a/b/ p=; "
                     "sr=m!x!i p=; sr=/\\d+/ox p=; nv=s p=( nv=a p=) p=( nv=b p=)"},
                    {"split m{,\\s*}x, $line", "nb=split sr=m{,\\s*}x p=, nv=$line"},
                });
}

TEST(PerlLexer, ReadsStringsAndNumbers) {
  expect_tokens("perl",
                {
                    {"'a\\'b' \"a $b @{c} \\n \\x{263a} \\N{X} \\q\" `ls $d\\n` qw(a (b) c) q{d} "
                     "qq|e| 0755 0xFF_F 0b11 1_000 1.5e-3 2e5 .5",
                     "p=' s1=a se=\\' s1=b p=' p=\" s2=a· si=$b s2=· si=@{c} s2=· se=\\n s2=· "
                     "se=\\x{263a} s2=· se=\\N{X} s2=· se=\\ s2=q p=\" p=` sb=ls· si=$d se=\\n p=` "
                     "sx=qw(a·(b)·c) sx=q{d} sx=qq|e| mo=0755 mh=0xFF_F mb=0b11 mi=1_000 mf=1.5e-3 "
                     "mf=2e5 mf=.5"},
                    {"print <<\"END\";\ntext\nEND\n1;", "k=print s=<<\"END\";¶text¶END¶ mi=1 p=;"},
                });
}

TEST(PerlLexer, LeavesManualsAndTheEndAside) {
  expect_tokens("perl",
                {
                    {"=pod\n\ntext\n\n=cut\nformat A =\n@<<\n.\n__END__\nany",
                     "cm==pod¶¶text¶¶=cut k=format n=A p== si=@<<¶.¶ cp=__END__¶any"},
                });
}

}  // namespace
}  // namespace stet::highlight
