// Words of Coq: of its commands, of its terms and of its tactics.
#pragma once

#include "cms/highlight/word_set.h"

namespace stet::highlight {

// clang-format off
inline constexpr WordSet kCoqCommands{{
    "About", "Arguments", "Check", "Class", "CoFixpoint", "CoInductive", "Compute", "Context",
    "Corollary", "Defined", "Definition", "End", "Eval", "Example", "Existing", "Export",
    "Fixpoint", "Global", "Goal", "Hint", "Immediate", "Import", "Include", "Inductive", "Infix",
    "Instance", "Lemma", "Local", "Ltac", "Module", "Monomorphic", "Notation", "Opaque",
    "Polymorphic", "Print", "Printing", "Proof", "Qed", "Record", "Remark", "Require", "Rewrite",
    "Search", "SearchAbout", "Section", "Theorem", "Transparent", "Universe", "Universes",
    "Variable", "Variables",
}};

inline constexpr WordSet kCoqTerms{{
    "Prop", "Set", "Type", "as", "else", "end", "forall", "fun", "if", "in", "let", "match",
    "return", "then",
}};

inline constexpr WordSet kCoqTactics{{
    "apply", "at", "auto", "autorewrite", "beta", "cbn", "cbv", "clear", "compute", "constructor",
    "delta", "dependent", "destruct", "eapply", "eauto", "econstructor", "edestruct", "eexists",
    "erewrite", "etransitivity", "exfalso", "exists", "f_equal", "first", "fold", "generalize",
    "induction", "injection", "instantiate", "intro", "intros", "inversion", "iota", "lazy",
    "native_compute", "red", "refine", "repeat", "revert", "rewrite", "setoid_rewrite", "simpl",
    "specialize", "split", "subst", "symmetry", "transitivity", "try", "unfold", "vm_compute",
    "with", "zeta",
}};

inline constexpr WordSet kCoqEnders{{
    "assumption", "congruence", "eassumption", "exact", "omega", "reflexivity", "solve",
}};

// clang-format on

}  // namespace stet::highlight
