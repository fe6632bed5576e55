// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(RLexer, ReadsWordsStringsAndNumbers) {
  expect_tokens(
      "r",
      {
          {"#' @param x documented\n"
           "f <- function(x, ...) { # note\n"
           "  if (is.null(x)) return(NA) else x %in% c(\"a\", 'b\\'')\n"
           "}",
           "cd=#'·@param·x·documented w=¶ n=f w=· o=<- w=· k=function p=( n=x p=, w=· n=... "
           "p=) w=· p={ w=· c1=#·note w=¶·· k=if w=· p=( nf=is.null p=( n=x p=)) w=· "
           "nf=return p=( kc=NA p=) w=· k=else w=· n=x w=· o=%in% w=· nf=c p=( s2=\"a\" p=, "
           "w=· s1='b\\'' p=) w=¶ p=}"},
          {"`odd name` <- 0xFFL + 1e-3 + .5 + TRUE + pi; über$x[[1]] != letters \\",
           "n=`odd·name` w=· o=<- w=· mh=0xFFL w=· o=+ w=· m=1e-3 w=· o=+ w=· m=.5 w=· o=+ "
           "w=· kc=TRUE w=· o=+ w=· nb=pi p=; w=· n=über o=$ n=x p=[[ m=1 p=]] w=· o=!= w=· "
           "nb=letters w=· err=\\"},
      });
}

}  // namespace
}  // namespace stet::highlight
