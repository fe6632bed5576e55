// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(ApacheLexer, ReadsSectionsAndDirectives) {
  expect_tokens("apache",
                {
                    {"# note\n"
                     "<VirtualHost *:80>\n"
                     "  ServerName example.org\n"
                     "  Options -Indexes\n"
                     "</VirtualHost>",
                     "c=#·note p=< nl=VirtualHost sr=·*:80 p=>¶ nc=ServerName nc=Options p=</ "
                     "nl=VirtualHost p=>"},
                    {"RewriteEngine on\nfrobnicate All\n<Strange x>\n<IfModule",
                     "nc=RewriteEngine ss=on ss=All p=< sr=·x p=>¶< nl=IfModule"},
                });
}

}  // namespace
}  // namespace stet::highlight
