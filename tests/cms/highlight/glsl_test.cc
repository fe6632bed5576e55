// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(GlslLexer, ReadsShaders) {
  expect_tokens("glsl",
                {
                    {"#version 330\nuniform vec3 light; // a\nvoid main() { gl_FragColor = "
                     "vec4(light * 0.5, 1.0); if (true) discard; goto x; }",
                     "cp=#version·330¶ k=uniform kt=vec3 n=light p=; c1=//·a kt=void nf=main "
                     "p=() p={ nb=gl_FragColor o== kt=vec4 p=( n=light o=* mi=0 p=. mi=5 p=, "
                     "mi=1 p=. mi=0 p=); k=if p=( nb=true p=) k=discard p=; kr=goto n=x p=; p=}"},
                });
}

TEST(GlslLexer, KeepsAllBytesAndEnds) { expect_whole_and_ending("glsl", {"a f(", "(a "}); }

}  // namespace
}  // namespace stet::highlight
