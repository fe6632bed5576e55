// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(PhpLexer, ReadsCodeInAPage) {
  expect_tokens("php",
                {
                    {"<p><?= $a ?></p>\n<?php namespace A\\B;\nuse C\\D as E; use function "
                     "f\\g_h; use K\\{L, M};\n/** e */ final class Box extends Base {\n  const "
                     "SIZE = 1;\n  public static ?int $n = 2;\n  private function &twice(?int $x "
                     "= 1, string ...$y): int { return strlen($x) . new Pen(); }\n}",
                     "nt=<p> cp=<?= nv=$a cp=?> nt=</p> cp=<?php kn=namespace nn=A\\B p=; kn=use "
                     "nc=C\\D k=as nc=E p=; kn=use k=function nf=f\\g_h p=; kn=use nn=K\\ p={ "
                     "nc=L p=, nc=M p=}; cd=/**·e·*/ k=final kd=class nc=Box kd=extends nc=Base "
                     "p={ k=const no=SIZE o== mi=1 p=; k=public k=static kt=?int nv=$n o== mi=2 "
                     "p=; k=private k=function o=& n=twice p=( kt=?int nv=$x o== mi=1 p=, "
                     "kt=string mf=... nv=$y p=): kt=int p={ k=return nb=strlen p=( nv=$x p=) "
                     "mf=. k=new nc=Pen p=(); p=} p=}"},
                });
}

TEST(PhpLexer, ReadsCodeWithoutAPage) {
  expect_tokens("php",
                {
                    {"$f = function ($a) use (&$b) { return fn($x) => $x ?: null; };\ntry { "
                     "throw new class { }; } catch (E $e) { echo __LINE__, E_ALL, A_B, \\A\\b(), "
                     "${$c}; } # x",
                     "nv=$f o== k=function p=( nv=$a p=) k=use p=( o=& nv=$b p=) p={ k=return "
                     "k=fn p=( nv=$x p=) o==> nv=$x o=?: kc=null p=; p=}; k=try p={ k=throw "
                     "k=new kd=class p={ p=}; p=} k=catch p=( nc=E nv=$e p=) p={ k=echo "
                     "k=__LINE__ p=, kc=E_ALL p=, no=A_B p=, err=\\ nf=A\\b p=(), nv=${$c} p=; "
                     "p=} c1=#·x"},
                });
}

TEST(PhpLexer, ReadsLiterals) {
  expect_tokens("php",
                {
                    {"$a = 'b\\'' . `c` . \"d $e[0] $f->g {$h} {i} ${j} \\n\\u{e9}\\q\";\n$x = "
                     "<<<\"EOT\"\na\nEOT;\n0x1F + 0b1 + 017 + 1_000 + 1.5e3 + .5; /* y */ // z",
                     "nv=$a o== s1='b\\'' mf=. sb=`c` mf=. s2=\"d· nv=$e[0] s2=· nv=$f->g s2=· "
                     "si={ nv=$h si=} s2=· si={ nv=i si=} s2=·${j}· se=\\n\\u{e9} s2=\\q\" p=; "
                     "nv=$x o== sh=<<<\"EOT\"¶a¶EOT; mh=0x1F o=+ mb=0b1 o=+ mo=017 o=+ mi=1_000 "
                     "o=+ mf=1.5e3 o=+ mf=.5 p=; cm=/*·y·*/ c1=//·z"},
                });
}

TEST(PhpLexer, KeepsAllBytesAndEnds) {
  expect_whole_and_ending("php",
                          {"<?php ",
                           "<?php 'a\\'",
                           "<?php \"{a",
                           "<?php <<<A\n",
                           "$a=\"$b[",
                           "function f(",
                           "use A\\",
                           "?><"});
}

}  // namespace
}  // namespace stet::highlight
