// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(RustLexer, ReadsItemsAndPaths) {
  expect_tokens("rust",
                {
                    {"#![allow(dead_code)]\npub fn twice<'a>(n: &'a u32) -> Option<u32> { "
                     "Some(n.checked_mul(2)?) }\nimpl Shape for std::Box { fn go(self) { "
                     "self.pen .await; self.0.x } }",
                     "nd=#![allow(dead_code)] k=pub k=fn n=twice o=< nv='a o=> p=( n=n p=: o=& "
                     "nv='a nb=u32 p=) k=-> nb=Option o=< nb=u32 o=> p={ nf=Some p=( n=n "
                     "nf=.checked_mul p=( mi=2 p=) o=? p=) p=} k=impl n=Shape k=for nn=std p=:: "
                     "nb=Box p={ k=fn nf=go p=( k=self p=) p={ k=self py=.pen k=.await p=; "
                     "k=self na=.0 py=.x p=} p=}"},
                    {"# hidden\n#[derive(Debug, Eq = \"a\")] // b\nstruct Unit; /* a /* b */ c "
                     "*/ /// d\n/** e */ static S: &'static str;",
                     "cs=#·hidden nd=#[derive(Debug, nd=Eq nd== s=\"a\" nd=)] c1=//·b k=struct "
                     "n=Unit p=; cm=/*·a·/*·b·*/·c·*/ cd=///·d cd=/**·e·*/ k=static n=S p=: o=& "
                     "k='static nb=str p=;"},
                });
}

TEST(RustLexer, ReadsLiterals) {
  expect_tokens("rust",
                {
                    {"let a = b\"x\\n\\x41\\u{1f600}\"; let c = r#\"raw \" \"#; let d = "
                     "b'\\'';\nlet n = 1_000u64 + 0xffi8 + 0b1 + 0o17 + 1.5e-3f32 + 2f64 + 1. + "
                     "0..9;",
                     "k=let n=a o== s=b\"x se=\\n\\x41\\u{1f600} s=\" p=; k=let n=c o== "
                     "s=r#\"raw·\"·\"# p=; k=let n=d o== sc=b'\\'' p=; k=let n=n o== mi=1_000u64 "
                     "o=+ mi=0xffi8 o=+ mi=0b1 o=+ mi=0o17 o=+ mf=1.5e-3f32 o=+ mf=2f64 o=+ "
                     "mf=1. o=+ mi=0 o=.. mi=9 p=;"},
                });
}

TEST(RustLexer, ReadsMacros) {
  expect_tokens("rust",
                {
                    {"println!(\"{}\", vec![1, 'x']);\nmacro_rules! twice { ($x:expr) => { $x + "
                     "$ }; }\nfn x() {}",
                     "nd=println! p=( s=\"{}\" p=, nd=vec! p=[ mi=1 p=, sc='x' p=]); "
                     "nd=macro_rules! n=twice p={ p=( nv=$x:expr p=) k==> p={ nv=$x o=+ nv=$ "
                     "p=}; p=} k=fn nf=x p=() p={}"},
                    {"a!=b)", "nd=a! o== n=b p=)"},
                });
}

TEST(RustLexer, KeepsAllBytesAndEnds) {
  expect_whole_and_ending("rust", {"r#\"", "a!{", "#[", "/*", "b\"", "a.\n"});
}

}  // namespace
}  // namespace stet::highlight
