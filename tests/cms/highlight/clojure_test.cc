// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(ClojureLexer, ReadsFormsAndNames) {
  expect_tokens(
      "clojure",
      {
          {"; note\n"
           "(defn square [x] (* x x))\n"
           "(map #(inc %) {:a 1, ::b -2.5}) 'sym \\a \"s\\\"q\" @ref ~@l nil?",
           "c1=;·note w=¶ p=( k=defn w=· n=square w=· p=[ n=x p=] w=· p=( nb=* w=· n=x w=· "
           "n=x p=)) w=¶ p=( nb=map w=· o=# p=( nb=inc w=· n=% p=) w=· p={ no=:a w=· mi=1 n=, "
           "w=· no=::b w=· mf=-2.5 p=}) w=· ss='sym w=· sc=\\a w=· s=\"s\\\"q\" w=· o=@ "
           "nb=ref w=· o=~@ n=l w=· nb=nil?"},
      });
}

}  // namespace
}  // namespace stet::highlight
