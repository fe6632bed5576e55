// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(JinjaLexer, ReadsTagsInAPage) {
  expect_tokens(
      "jinja",
      {
          {"<p class=\"{{ a.b|upper }}\">{% if x is defined and not y %}a{% endif %}</p>",
           "nt=<p na=class= s=\" cp={{ nv=a.b o=| nf=upper cp=}} s=\" nt=> cp={% k=if nv=x "
           "ow=is nb=defined ow=and ow=not nv=y cp=%} cp={% k=endif cp=%} nt=</p>"},
          {"{% for a in \"b\" %}{{ loop.index + f(1, 'c') }}{% endfor %} ## note\n"
           "{# a # b #}",
           "cp={% k=for nv=a ow=in s2=\"b\" cp=%}{{ nv=loop.index o=+ nv=f p=( nv=1 p=, "
           "s1='c' p=) cp=}}{% k=endfor cp=%} c=##·note c={#·a·#·b·#}"},
      });
}

TEST(JinjaLexer, KeepsWhatIsRaw) {
  expect_tokens("jinja",
                {
                    {"{%- raw -%}{{ a }}{% b %}{%- endraw -%}<b>",
                     "cp={%- k=raw cp=-%} cp={%- k=endraw cp=-%} nt=<b>"},
                    {"{% verbatim %}{{ a }}{% endverbatim %}\\{{ b }}",
                     "cp={% k=verbatim cp=%} cp={% k=endverbatim cp=%} cp={{ nv=b cp=}}"},
                });
}

TEST(JinjaLexer, HasOtherWordsForTwig) {
  expect_tokens("twig",
                {
                    {"{% embed a %}{% is mapping empty null true True %}{% endembed %}{{ a~b }}",
                     "cp={% k=embed nv=a cp=%}{% ow=is nv=mapping nb=empty nb=null kp=true nv=True "
                     "cp=%}{% k=endembed cp=%}{{ nv=a err=~ nv=b cp=}}"},
                });
}

}  // namespace
}  // namespace stet::highlight
