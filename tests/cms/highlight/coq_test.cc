// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(CoqLexer, ReadsCommandsTermsAndTactics) {
  expect_tokens(
      "coq",
      {
          {"Require Import Arith.\n"
           "Module Type M (* note (* in *) *).\n"
           "Theorem t : forall n, n + 0 = n.\n"
           "Proof. intros n. now rewrite Nat.add_0_r. Qed.\n"
           "Set Implicit Arguments.",
           "k=Require w=· k=Import w=· no=Arith pi=. w=¶ k=Module w=· k=Type w=· no=M w=· "
           "c=(*·note·(*·in·*)·*) o=. w=¶ k=Theorem w=· no=t w=· p=: w=· kr=forall w=· no=n "
           "o=, w=· no=n w=· o=+ w=· mi=0 w=· o== w=· no=n pi=. w=¶ k=Proof pi=. w=· "
           "kp=intros w=· no=n pi=. w=· no=now w=· kp=rewrite w=· nn=Nat p=. no=add_0_r pi=. "
           "w=· k=Qed pi=. w=¶ k=Set w=· k=Implicit w=· k=Arguments pi=."},
          {"Check \"a\\\"b\" ?x 12 1.5e3 'x' \\/ ∀ é.\nDefinition f := A.B ",
           "k=Check w=· s2=\"a\\\"b\" w=· nv=?x w=· mi=12 w=· mf=1.5e3 w=· k=' no=x' w=· "
           "o=\\/ w=· p=∀ w=· err=é o=. w=¶ k=Definition w=· no=f w=· p=: o== w=· nn=A p=. "
           "no=B w=·"},
      });
}

}  // namespace
}  // namespace stet::highlight
