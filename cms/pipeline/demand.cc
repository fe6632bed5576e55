#include "cms/pipeline/demand.h"

#include <algorithm>
#include <functional>

namespace stet::pipeline {
namespace {

struct Cells {
  std::size_t first, second;
};

Cells cells_of(std::string_view path, std::size_t count) {
  std::uint64_t hash = std::hash<std::string_view>()(path);
  return {hash % count, (hash >> 32) % count};
}

}  // namespace

void Demand::note(std::string_view path) {
  Cells cells = cells_of(path, kCells);
  first_[cells.first].fetch_add(1, std::memory_order_relaxed);
  second_[cells.second].fetch_add(1, std::memory_order_relaxed);
  if (notes_.fetch_add(1, std::memory_order_relaxed) % kNotesPerHalving == kNotesPerHalving - 1) {
    halve();
  }
}

std::uint32_t Demand::of(std::string_view path) const {
  Cells cells = cells_of(path, kCells);
  return std::min(first_[cells.first].load(std::memory_order_relaxed),
                  second_[cells.second].load(std::memory_order_relaxed));
}

void Demand::halve() {
  for (Row* row : {&first_, &second_}) {
    for (auto& cell : *row) {
      cell.store(cell.load(std::memory_order_relaxed) / 2, std::memory_order_relaxed);
    }
  }
}

}  // namespace stet::pipeline
