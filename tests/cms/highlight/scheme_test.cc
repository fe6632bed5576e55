// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(SchemeLexer, ReadsForms) {
  expect_tokens(
      "scheme",
      {
          {"; note\n"
           "(define (square x) (* x x))\n"
           "(let ((a 1.5) (b '(1 -2))) (display \"s\\\"q\"))",
           "c1=;·note p=( k=define p=( nf=square nv=x p=) p=( nb=* nv=x nv=x p=)) p=( k=let "
           "p=(( nf=a mf=1.5 p=) p=( nf=b o=' p=( nf=1 mi=-2 p=))) p=( nb=display "
           "s=\"s\\\"q\" p=))"},
          {"#t #\\a #\\( #xff #b01 #o17 #d9 #e1.5 'sym `(,a ,@b) +inf.0 [list x]",
           "no=#t sc=#\\a sc=#\\( mh=#xff mb=#b01 mo=#o17 mi=#d9 mx=#e1.5 ss='sym o=` p=( "
           "nf=,a o=,@ nv=b p=) m=+inf.0 p=[ nb=list nv=x p=]"},
      });
}

}  // namespace
}  // namespace stet::highlight
