// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(ProtobufLexer, ReadsMessages) {
  expect_tokens("protobuf",
                {
                    {"syntax = \"proto3\"; // a\\\nb\npackage x.y;\nmessage Box { optional int32 "
                     "size = 1 [default = -inf]; map<string, .x.Pen> pens = 0x2; /* c */ }\nenum "
                     "Kind { NONE = 017; } service S { rpc Go (A) returns (B); }\noption o = "
                     "true; f: 1.5 g: 2e3 h: 3f' ",
                     "na=syntax o== s=\"proto3\" p=; c1=//·a\\¶b kn=package nn=x o=. n=y p=; "
                     "kd=message nc=Box p={ k=optional kt=int32 na=size o== mi=1 p=[ k=default "
                     "o== mf=-inf p=]; n=map o=< kt=string p=, o=. n=x.Pen err=> na=pens o== "
                     "mh=0x2 p=; cm=/*·c·*/ p=} kd=enum n=Kind p={ na=NONE o== mo=017 p=; p=} "
                     "kd=service n=S p={ k=rpc n=Go p=( n=A p=) k=returns p=( n=B p=); p=} "
                     "k=option na=o o== kc=true p=; n=f o=: mf=1.5 n=g o=: mf=2e3 n=h o=: mf=3f "
                     "err='"},
                    {"message ;", "kd=message p=;"},
                });
}

TEST(ProtobufLexer, KeepsAllBytesAndEnds) {
  expect_whole_and_ending("protobuf", {"//\\\n", "/*", "a ", "\"", "message "});
}

}  // namespace
}  // namespace stet::highlight
