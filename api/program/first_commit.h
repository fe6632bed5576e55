// The first commit of a new repository, of files that lie elsewhere.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "storage/base/repo_path.h"
#include "storage/base/result.h"
#include "storage/git/repository.h"

namespace stet::program {

using FirstFiles = std::map<RepoPath, std::string>;

// Those of the folder, without `skipped` folders; links that lead out of it are left out.
Status add_files(const std::filesystem::path& folder,
                 FirstFiles& files,
                 const std::vector<std::string>& skipped = {});

Status commit_first(const storage::Repository& repository,
                    const std::string& branch,
                    FirstFiles files,
                    const std::string& message);

// Says on standard output where it is, and what comes next. `named`: as it was asked for.
void print_made(const storage::Repository& repository, const std::string& named);

}  // namespace stet::program
