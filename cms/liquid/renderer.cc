#include "cms/liquid/renderer.h"

#include <algorithm>

#include "cms/liquid/convert.h"

namespace stet::liquid {
namespace {

constexpr int kIncludesDeepMax = 100;  // Liquid's own
constexpr int kBlocksDeepMax =
    1000;  // blocks in blocks over all includes: what a thread's stack holds
constexpr std::size_t kBindingsAStep = 32;  // looked through in the time of a step
constexpr std::size_t kWarningsMax = 100;

const Value* find_in(const std::vector<Renderer::Binding>& bindings, const Name& name) {
  for (auto binding = bindings.rbegin(); binding != bindings.rend(); ++binding) {
    if (binding->name == name) return &binding->value;
  }
  return nullptr;
}

// A layout's text, and what it is laid around.
std::size_t likely_bytes(const Syntax& syntax, const std::vector<Renderer::Binding>& globals) {
  std::size_t bytes = syntax.source.size() * 2;
  for (const Renderer::Binding& global : globals) {
    if (global.value.is_string()) bytes += global.value.as_string().size();
  }
  return bytes;
}

}  // namespace

Renderer::Renderer(const Template& tree, const Globals& globals, Host& host, const Limits& limits)
    : host_(host),
      includes_max_(std::clamp(limits.depth_max, 0, kIncludesDeepMax)),
      syntax_(&tree.syntax()) {
  if (limits.steps_max) meter_.steps_max = limits.steps_max;
  if (limits.output_bytes_max) meter_.bytes_max = limits.output_bytes_max;
  globals_.reserve(globals.size());
  for (auto global = globals.rbegin(); global != globals.rend(); ++global) {
    globals_.push_back({Name(global->first), global->second});
  }
}

Rendered Renderer::run() && {
  if (syntax_->error) {
    fatal_ = syntax_->error;
  } else {
    text_.reserve(likely_bytes(*syntax_, globals_));
    Meter* const outer = host_.count_in(&meter_);
    render(syntax_->root);
    host_.count_in(outer);
    if (meter_.steps > meter_.steps_max) fail_of_steps();
  }
  return {std::move(text_), std::move(fatal_), std::move(warnings_)};
}

Status Renderer::charge(std::size_t steps) {
  meter_.steps += steps;
  if (meter_.steps <= meter_.steps_max) return {};
  fail_of_steps();
  return invalid_input(fatal_->message);
}

Status Renderer::charge_bytes(std::size_t bytes) {
  if (bytes > meter_.bytes_max) {
    return invalid_input("a text of more than " + std::to_string(meter_.bytes_max) + " bytes");
  }
  return charge(bytes / kBytesAStep);
}

void Renderer::warn(std::string message) {
  if (warnings_.size() >= kWarningsMax) return;
  Problem problem = problem_at(*syntax_, offset_, Severity::kWarning, std::move(message));
  if (std::find(warnings_.begin(), warnings_.end(), problem) == warnings_.end()) {
    warnings_.push_back(std::move(problem));
  }
}

void Renderer::append(const Value& value) {
  if (value.is_string()) {
    output_->append(value.as_string());
  } else if (!value.is_nil()) {
    append_text(*output_, value, host_);
  }
}

bool Renderer::is_too_deep() {
  if (blocks_deep_ < kBlocksDeepMax) return false;
  fail("Nesting too deep: blocks and includes stand in one another more than " +
       std::to_string(kBlocksDeepMax) + " deep");
  return true;
}

void Renderer::render(const Block& block) {
  if (is_too_deep()) return;
  ++blocks_deep_;
  render_nodes(block);
  --blocks_deep_;
}

void Renderer::render_nodes(const Block& block) {
  for (const Node& node : block.nodes) {
    offset_ = node.offset;
    if (!step()) return;
    switch (node.kind) {
      case Node::Kind::kText: output_->append(node.text); break;
      case Node::Kind::kOutput: {
        const Value value = evaluate(*node.output);
        if (failed()) return;
        append(value);
        break;
      }
      case Node::Kind::kTag: {
        const std::size_t mark = output_->size();
        node.tag->render(*this);
        if (node.is_blank_block) output_->resize(mark);
        if (failed() || is_interrupted()) return;
        break;
      }
    }
    if (output_->size() + captured_bytes_ > meter_.bytes_max) {
      return fail(node.offset,
                  "Memory limits exceeded: the page is longer than " +
                      std::to_string(meter_.bytes_max) + " bytes");
    }
  }
}

std::string Renderer::capture(const Block& block) {
  std::string text;
  std::string* outer = std::exchange(output_, &text);
  captured_bytes_ += outer->size();
  render(block);
  captured_bytes_ -= outer->size();
  output_ = outer;
  meter_.steps += text.size() / kBytesAStep;
  return text;
}

Value Renderer::find(const Name& name) {
  meter_.steps += (locals_.size() + assigned_.size() + globals_.size()) / kBindingsAStep;
  if (const Value* value = find_in(locals_, name)) return *value;
  if (const Value* value = find_in(assigned_, name)) return *value;
  if (const Value* value = find_in(globals_, name)) return *value;
  return Value();
}

void Renderer::assign(const Name& name, Value value) {
  meter_.steps += assigned_.size() / kBindingsAStep;
  for (Binding& binding : assigned_) {
    if (!(binding.name == name)) continue;
    binding.value = std::move(value);
    return;
  }
  assigned_.push_back({name, std::move(value)});
}

Value& Renderer::count_of(const Name& name) {
  meter_.steps += globals_.size() / kBindingsAStep;
  for (auto binding = globals_.rbegin(); binding != globals_.rend(); ++binding) {
    if (binding->name == name) return binding->value;
  }
  globals_.push_back({name, Value(0)});
  return globals_.back().value;
}

std::size_t Renderer::push(const Name& name, Value value) {
  locals_.push_back({name, std::move(value)});
  return locals_.size() - 1;
}

void Renderer::fail(std::string message) { fail(offset_, std::move(message)); }

void Renderer::fail(std::uint32_t offset, std::string message) {
  if (fatal_) return;
  fatal_ = problem_at(*syntax_, offset, Severity::kError, "Liquid error: " + std::move(message));
}

void Renderer::fail_of_steps() {
  if (meter_.has_long_text) {
    return fail("Memory limits exceeded: a text of more than " + std::to_string(meter_.bytes_max) +
                " bytes");
  }
  fail("the page takes more than " + std::to_string(meter_.steps_max) +
       " steps to render; shorten its loops");
}

std::optional<Interrupt> Renderer::take_interrupt() {
  if (interrupts_.empty()) return std::nullopt;
  const Interrupt interrupt = interrupts_.back();
  interrupts_.pop_back();
  return interrupt;
}

void Renderer::include(std::shared_ptr<const Template> tree) {
  if (includes_deep_ >= includes_max_) {
    return fail("Nesting too deep: includes include one another more than " +
                std::to_string(includes_max_) + " deep");
  }
  const Syntax& included = tree->syntax();
  if (included.error) {
    if (!fatal_) fatal_ = included.error;
    return;
  }
  if (std::find(kept_.begin(), kept_.end(), tree) == kept_.end()) kept_.push_back(std::move(tree));
  const Syntax* outer = std::exchange(syntax_, &included);
  const std::uint32_t outer_offset = offset_;
  ++includes_deep_;
  render(included.root);
  --includes_deep_;
  syntax_ = outer;
  offset_ = outer_offset;
}

void Renderer::include_isolated(std::shared_ptr<const Template> tree, std::vector<Binding> locals) {
  std::vector<Binding> outer_locals = std::exchange(locals_, {});
  std::vector<Binding> outer_assigned = std::exchange(assigned_, std::move(locals));
  std::vector<Binding> outer_globals = std::exchange(globals_, {});
  Registers outer_registers = std::exchange(registers_, {});
  include(std::move(tree));
  interrupts_.clear();
  locals_ = std::move(outer_locals);
  assigned_ = std::move(outer_assigned);
  globals_ = std::move(outer_globals);
  registers_ = std::move(outer_registers);
}

}  // namespace stet::liquid
