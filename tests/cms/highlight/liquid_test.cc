// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(LiquidLexer, ReadsOutputAndFilters) {
  expect_tokens(
      "liquid",
      {
          {"Hi {{ user.name | upcase | truncate: 5, \"...\" }}!",
           "p={{ w=· nv=user p=. nv=name w=· p=| w=· nf=upcase w=· p=| w=· "
           "nf=truncate p=: w=· mi=5 p=, w=· s2=\"...\" w=· p=}}"},
          {"{{- page.tags.first -}}", "p={{- w=· nv=page p=. nv=tags p=. nf=first w=· p=-}}"},
      });
}

TEST(LiquidLexer, ReadsTags) {
  expect_tokens("liquid",
                {
                    {"{% if a == \"b\" and c contains 1.5 %}x{% else %}y{% endif %}",
                     "p={% w=· kr=if w=· nv=a w=· o=== w=· s2=\"b\" w=· ow=and w=· nv=c "
                     "w=· ow=contains w=· mf=1.5 w=· p=%} p={% w=· kr=else w=· p=%} p={% "
                     "w=· kr=endif w=· p=%}"},
                    {"{% for p in site.posts limit:3 reversed %}{{ forloop.index }}{% endfor %}",
                     "p={% w=· nt=for w=· nv=p w=· nt=in w=· nv=site.posts w=· na=limit o=: "
                     "mi=3 w=· na=reversed w=· p=%}{{ w=· nb=forloop.index w=· p=}}{% w=· "
                     "nt=endfor w=· p=%}"},
                    {"{% assign x = \"a\" | split: \",\" %}{% include nav.html id=x %}",
                     "p={% w=· nt=assign w=· nv=x w=· o== w=· s2=\"a\" w=· p=| w=· nf=split "
                     "p=: w=· s2=\",\" w=· p=%}{% w=· nt=include w=· w=· na=id o== nv=x w=· "
                     "p=%}"},
                    {"{% cycle \"g\": 'a', 'b' %}{% capture t %}{% endcapture %}",
                     "p={% w=· nt=cycle w=· s2=\"g\" p=: w=· s1='a' p=, w=· s1='b' w=· "
                     "p=%}{% w=· nt=capture w=· nv=t w=· p=%}{% w=· nt=endcapture w=· p=%}"},
                    {"{% case x %}{% when 1, 2 %}{% endcase %}{% custom a: b %}",
                     "p={% w=· kr=case w=· nv=x w=· p=%}{% w=· kr=when w=· mi=1 err=, w=· "
                     "mi=2 w=· p=%}{% w=· kr=endcase w=· p=%}{% w=· nt=custom w=· na=a o=: "
                     "w=· w=· p=%}"},
                });
}

TEST(LiquidLexer, LeavesCommentsAndRawAlone) {
  expect_tokens("liquid",
                {
                    {"{% comment %}{{ a }}{% endcomment %}{% raw %}{{ b }}{% endraw %}{",
                     "p={% w=· nt=comment w=· p=%} c={{·a·}} p={% w=· nt=endcomment w=· "
                     "p=%}{% w=· nt=raw w=· p=%} p={% w=· nt=endraw w=· p=%}"},
                });
}

}  // namespace
}  // namespace stet::highlight
