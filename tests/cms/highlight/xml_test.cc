// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(XmlLexer, ReadsTagsDeclarationsAndSections) {
  expect_tokens("xml",
                {
                    {"<?xml version=\"1.0\"?>\n<!DOCTYPE a>\n"
                     "<a:b c = \"1\">t &lt; <![CDATA[<raw>]]></a:b>\n<!-- no -->",
                     "cp=<?xml·version=\"1.0\"?> cp=<!DOCTYPE·a> nt=<a:b na=c·= s=\"1\" nt=> "
                     "ni=&lt; cp=<![CDATA[<raw>]]> nt=</a:b> c=<!--·no·-->"},
                    {"<a b>", "nt=<a err=b nt=>"},
                });
}

}  // namespace
}  // namespace stet::highlight
