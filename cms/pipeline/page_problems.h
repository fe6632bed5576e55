// What was wrong with each page when it was last rendered.
//
// Threads: any, and nobody waits for a publication. Answers about one page while its publication is
// made are of before or after it.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/problem.h"

namespace stet::pipeline {

class PageProblems {
 public:
  void set(const std::string& output_path, Problems problems) {
    std::lock_guard lock(mutex_);
    if (problems.empty()) {
      by_page_.erase(output_path);
    } else {
      by_page_[output_path] = std::move(problems);
    }
  }

  void clear() {
    std::lock_guard lock(mutex_);
    by_page_.clear();
  }

  Problems of(std::string_view output_path) const {
    std::lock_guard lock(mutex_);
    auto found = by_page_.find(output_path);
    return found == by_page_.end() ? Problems() : found->second;
  }

  // That have any.
  std::vector<std::string> pages() const {
    std::vector<std::string> paths;
    std::lock_guard lock(mutex_);
    for (const auto& [page, own] : by_page_) paths.push_back(page);
    return paths;
  }

  // In the order of the pages.
  Problems all() const {
    Problems problems;
    std::lock_guard lock(mutex_);
    for (const auto& [page, own] : by_page_) {
      problems.insert(problems.end(), own.begin(), own.end());
    }
    return problems;
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, Problems, std::less<>> by_page_;  // by output path; none is empty
};

}  // namespace stet::pipeline
