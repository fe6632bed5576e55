// One render of one template: its variables, registers, limits and the string it grows.
//
// Tags are given the Renderer, append to output() and ask it for values. What goes wrong is told by
// fail(), after which nothing more is rendered: the caller checks failed() where it loops. Threads:
// one.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "cms/liquid/filter.h"
#include "cms/liquid/host.h"
#include "cms/liquid/loop.h"
#include "cms/liquid/syntax.h"
#include "cms/liquid/template.h"

namespace stet::liquid {

enum class Interrupt : std::uint8_t { kBreak, kContinue };

// What tags keep from one use to the next, by what names them.
struct Registers {
  std::vector<std::pair<std::string_view, Ref<ForLoop>>> loops;  // for `offset: continue`
  std::unordered_map<std::string, std::size_t> cycles;
  std::optional<std::string> last_changed;  // of ifchanged
  std::vector<Value> for_stack;             // the forloops that are running, for parentloop
};

class Renderer final : public FilterContext {
 public:
  struct Binding {
    Name name;
    Value value;
  };

  Renderer(const Template& tree, const Globals& globals, Host& host, const Limits& limits);

  Rendered run() &&;

  // --- FilterContext
  Host& host() override { return host_; }
  Status charge(std::size_t steps) override;
  Status charge_bytes(std::size_t bytes) override;
  void warn(std::string message) override;
  Result<std::unique_ptr<ItemExpression>> condition(std::string_view variable,
                                                    std::string_view text) override;
  Result<std::unique_ptr<ItemExpression>> expression(std::string_view variable,
                                                     std::string_view text) override;

  // --- output
  std::string& output() { return *output_; }
  void write(std::string_view text) { output_->append(text); }
  void append(const Value& value);
  void render(const Block& block);
  // What `block` prints, kept from the output.
  std::string capture(const Block& block);

  // --- values
  Value evaluate(const Expression& expression);
  Value evaluate(const Output& output);
  bool is_true(Condition condition);
  // `left == right` as a condition has it, with `blank` and `empty`.
  bool is_equal(const Value& left, const Value& right);
  Value find(const Name& name);
  // Of limits and offsets: nil is 0, texts by their digits; fails for what is no number at all.
  std::int64_t to_count(const Value& value);
  // Calls a filter as a template would.
  Value apply(const FilterEntry& filter, const Value& input, const Arguments& arguments);

  // --- variables
  void assign(const Name& name, Value value);  // in the outermost scope
  Value& count_of(const Name& name);           // of increment and decrement
  // Inner scopes: push() binds a name until the scope is left again.
  std::size_t enter() const { return locals_.size(); }
  std::size_t push(const Name& name, Value value);
  void rebind(std::size_t position, Value value) { locals_[position].value = std::move(value); }
  void leave(std::size_t mark) { locals_.resize(mark); }

  // --- flow
  bool failed() const { return fatal_.has_value(); }
  void fail(std::string message);
  void fail(std::uint32_t offset, std::string message);
  void interrupt(Interrupt interrupt) { interrupts_.push_back(interrupt); }
  bool is_interrupted() const { return !interrupts_.empty(); }
  std::optional<Interrupt> take_interrupt();
  Registers& registers() { return registers_; }
  bool step() {
    if (++meter_.steps <= meter_.steps_max) return true;
    fail_of_steps();
    return false;
  }

  // Renders another template here, seeing and changing the same variables; its source stays alive.
  void include(std::shared_ptr<const Template> tree);
  // The same, seeing `locals` alone.
  void include_isolated(std::shared_ptr<const Template> tree, std::vector<Binding> locals);

 private:
  class Item;

  void render_nodes(const Block& block);
  Value evaluate(const Lookup& lookup);
  Value evaluate_range(const Expression& expression);
  Value call(const FilterCall& call, const Value& input);
  bool holds(const Comparison& comparison);
  bool contains(const Value& left, const Value& right);
  bool is_ordered(const Comparison& comparison, const Value& left, const Value& right);
  void fail_of_steps();
  bool is_too_deep();

  Host& host_;
  Meter meter_;
  int includes_max_;
  int includes_deep_ = 0;
  int blocks_deep_ = 0;

  const Syntax* syntax_;  // of the template that is being rendered now
  std::uint32_t offset_ = 0;
  std::string text_;
  std::string* output_ = &text_;
  std::size_t captured_bytes_ = 0;  // in outputs outside this one

  std::vector<Binding> locals_;    // inner scopes, the innermost last
  std::vector<Binding> assigned_;  // the outermost scope
  std::vector<Binding> globals_;
  Registers registers_;
  std::vector<Interrupt> interrupts_;
  std::optional<Problem> fatal_;
  Problems warnings_;

  std::vector<std::shared_ptr<const Template>> kept_;  // what Values may have views of
  Arena expressions_;                                  // of filters' arguments
};

}  // namespace stet::liquid
