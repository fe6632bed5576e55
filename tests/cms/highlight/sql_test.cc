// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(SqlLexer, ReadsStatements) {
  expect_tokens("sql",
                {
                    {"-- a\nSelect count(*), \"odd \"\"name\" from `t` Where x = 'it''s \\n' and "
                     "y >= 10; /* b /* c */ d */\nCREATE TABLE t (id bigint NOT NULL, n "
                     "VARCHAR(20));",
                     "c1=--·a k=Select k=count p=( o=* p=), nv=\"odd· se=\"\" nv=name\" k=from "
                     "nv=`t` k=Where n=x o== s1='it se='' s1=s· se=\\n s1=' k=and n=y o=>= mi=10 "
                     "p=; cm=/*·b·/*·c·*/·d·*/ k=CREATE k=TABLE n=t p=( n=id nb=bigint k=NOT "
                     "k=NULL p=, n=n nb=VARCHAR p=( mi=20 p=));"},
                });
}

TEST(SqlLexer, KeepsAllBytesAndEnds) {
  expect_whole_and_ending("sql", {"'", "/*", "\"\\", "a ", "`"});
}

}  // namespace
}  // namespace stet::highlight
