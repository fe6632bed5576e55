// Lists of tasks, as GitHub has them: items that begin with `[ ]` or `[x]`.
#pragma once

#include "cms/markdown/tree.h"

namespace stet::markdown {

// Puts a box in front of each task, and the classes task-list and task-list-item on lists and
// items.
void make_task_lists(Tree& tree);

}  // namespace stet::markdown
