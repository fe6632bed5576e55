// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(HandlebarsLexer, ReadsTagsInAPage) {
  expect_tokens(
      "handlebars",
      {
          {"<p class={{a}} id=\"b\">{{#if a.b}}{{else}}{{{ this }}}{{/if}}</p>",
           "nt=<p na=class= k={{ nv=a k=}} na=id= s=\"b\" nt=> k={{#if nv=a p=. nv=b "
           "k=}}{{else}}{{{ bp=this k=}}}{{/if}} nt=</p>"},
          {"{{> part a=1 b=true c=\"d\\\"\" ../e @f [g] (h) | ~}}",
           "k={{> nv=part nv=a o== nv=1 nv=b o== kc=true nv=c o== s2=\"d\\\"\" nv=.. p=/ nv=e "
           "na=@f p=[ nv=g p=] p=( nv=h p=) p=| k=~}}"},
          {"{{#each a-b as |c|}}{{5} }}{{/each}}",
           "k={{# nn=each nv=a-b nv=as p=| nv=c p=| k=}}{{ m=5 err=} k=}}{{/ nn=each k=}}"},
      });
}

TEST(HandlebarsLexer, LeavesOutCommentsAndWhatIsEscaped) {
  expect_tokens("handlebars",
                {
                    {"{{!-- a {{b}} c --}}{{! d }}\\{{ e }}\n{{! no end",
                     "c={{!--·a·{{b}}·c·--}}{{!·d·}} k={{ err=! nv=no nv=end"},
                });
}

}  // namespace
}  // namespace stet::highlight
