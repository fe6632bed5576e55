#include "cms/pipeline/for_all.h"

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>
#include <vector>

namespace stet::pipeline {
namespace {

constexpr std::size_t kCallsPerThreadMin = 4;

}  // namespace

ForAll for_all_with(unsigned helpers) {
  return [helpers](std::size_t count, const std::function<void(std::size_t)>& work) {
    std::atomic<std::size_t> next{0};
    auto run = [&] {
      for (std::size_t i = next++; i < count; i = next++) work(i);
    };
    std::vector<std::thread> threads;
    std::size_t wanted = std::min<std::size_t>(helpers, count / kCallsPerThreadMin);
    try {
      for (std::size_t i = 0; i < wanted; ++i) threads.emplace_back(run);
    } catch (const std::system_error&) {  // the machine gives no more: those that there are do it
    }
    run();
    for (std::thread& thread : threads) thread.join();
  };
}

}  // namespace stet::pipeline
