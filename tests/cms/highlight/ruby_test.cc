// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(RubyLexer, TellsNamesApartByWhatTheyAre) {
  expect_tokens(
      "ruby",
      {
          {"class Shop < Base\n  VAT = 0.2\nend",
           "k=class nc=Shop o=< no=Base no=VAT o== mf=0.2 k=end"},
          {"def self.total(list, by: :price)\n  @sum ||= list.sum { |one| one[by] }\nend",
           "k=def nc=self o=. nf=total p=( n=list p=, ss=by:·:price p=) vi=@sum o=||= "
           "n=list p=. nf=sum p={ o=| n=one o=| n=one p=[ n=by p=] p=} k=end"},
          {"module A::B; end", "k=module nn=A::B p=; k=end"},
          {"$stdout.puts @@count", "vg=$stdout p=. nf=puts vc=@@count"},
          {"raise ArgumentError unless ready?", "k=raise no=ArgumentError k=unless n=ready?"},
          {"attr_reader :name", "nb=attr_reader ss=:name"},
      });
}

TEST(RubyLexer, ReadsStringsWithWhatTheyInterpolate) {
  expect_tokens(
      "ruby",
      {
          {"\"a #{b + \"c\"} \\n d\"", "s2=\"a· si=#{ n=b o=+ s2=\"c\" si=} s2=· se=\\n s2=·d\""},
          {"'it\\'s'", "s1='it\\'s'"},
          {"%w[one two]", "sx=%w[one·two]"},
          {"%q(a (nested) one)", "sx=%q(a·(nested)·one)"},
          {"%r{x/y}i =~ name", "sr=%r{x/y}i o==~ nb=name"},
          {"`ls #{dir}`", "sb=`ls· si=#{ n=dir si=} sb=`"},
          {":\"quoted name\"", "ss=:\"quoted·name\""},
          {"x = <<~TEXT\n  Hello #{name}\nTEXT\nputs x",
           "n=x o== o=<<~ no=TEXT sh=¶··Hello· si=#{ nb=name si=} sh=¶ no=TEXT "
           "nb=puts n=x"},
          {"foo(<<A, <<-B)\na\nA\n b\n B\n",
           "n=foo p=( o=<< no=A p=, o=<<- no=B p=) sh=¶a¶ no=A sh=¶·b¶ no=·B"},
      });
}

TEST(RubyLexer, TellsADivisionFromARegularExpression) {
  expect_tokens("ruby",
                {
                    {"a / b", "n=a o=/ n=b"},
                    {"split /,\\s*/", "nb=split sr=/,\\s*/"},
                    {"x = /a#{b}c/mi", "n=x o== sr=/a si=#{ n=b si=} sr=c/mi"},
                    {"puts(4 /2)", "nb=puts p=( mi=4 o=/ mi=2 p=)"},
                });
}

TEST(RubyLexer, ReadsNumbersAndCharacters) {
  expect_tokens(
      "ruby",
      {
          {"[1_000, 0x1f, 0b11, 017, 1.5e-3, 2e9]",
           "p=[ mi=1_000 p=, mh=0x1f p=, mb=0b11 p=, mo=017 p=, mf=1.5e-3 p=, mf=2e9 p=]"},
          {"?a + ?\\n", "sc=?a o=+ sc=?\\n"},
          {"open? ? 1 : 2", "nb=open p=? p=? mi=1 p=: mi=2"},
      });
}

TEST(RubyLexer, ReadsCommentsAndTheEnd) {
  expect_tokens("ruby",
                {
                    {"# note\nx", "c1=#·note n=x"},
                    {"=begin\nold\n=end\ny", "cm==begin¶old¶=end n=y"},
                    {"puts 1\n__END__\nrest", "nb=puts mi=1 cp=__END__¶rest"},
                });
}

}  // namespace
}  // namespace stet::highlight
