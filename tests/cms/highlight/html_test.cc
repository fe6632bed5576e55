// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(HtmlLexer, ReadsTagsAttributesAndText) {
  expect_tokens(
      "html",
      {
          {"<!DOCTYPE html>\n<a href=\"x\" class='y' hidden>T &amp; <br/></a>",
           "cp=<!DOCTYPE·html> nt=<a na=href= s=\"x\" na=class= s='y' na=hidden nt=> "
           "ni=&amp; nt=<br/></a>"},
          {"<input [value]=\"a\" *ngIf=b />", "nt=<input na=[value]= s=\"a\" na=*ngIf= s=b nt=/>"},
          {"<!-- a - b -->x", "c=<!--·a·-·b·-->"},
      });
}

TEST(HtmlLexer, HandsScriptsAndStylesToTheirLexers) {
  expect_tokens("html",
                {
                    {"<script type=\"module\">let a = \"</p>\";</script>",
                     "nt=<script· na=type= s=\"module\" nt=> kd=let nx=a o== dl=\" s2=</p> dl=\" "
                     "p=; nt=</script>"},
                    {"<style>p { color: red }</style>",
                     "nt=<style>p p={ nl=color p=: no=red p=} nt=</style>"},
                });
}

}  // namespace
}  // namespace stet::highlight
