"""Records ten training steps of PyTorch, which TenStepsTest compares with: python ten_steps.py > ten_steps.txt

Two LSTM layers of 5 units on 3 inputs and 6 steps, 2 outputs, batch 4; MSE, clipping to norm 0.5, L2 0.01 on weights, Adam 0.01.
Weights and data are formulas that the test repeats. One bias per gate: PyTorch's second one stays zero.
"""
import math

import torch

INPUTS, UNITS, LAYERS, OUTPUTS, STEPS, BATCH = 3, 5, 2, 2, 6, 4


def wave(count, factor, scale):
    return torch.tensor([math.sin(1 + i * factor) * scale for i in range(count)], dtype=torch.float64).float()


class Forecaster(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = torch.nn.LSTM(INPUTS, UNITS, LAYERS, batch_first=True)
        self.head = torch.nn.Linear(UNITS, OUTPUTS)

    def forward(self, x):
        return self.head(self.lstm(x)[0][:, -1])


def to_torch(gates):
    candidate, forget, output, input_ = gates.chunk(4)
    return torch.cat([input_, forget, candidate, output])


def to_dl4j(gates):
    input_, forget, candidate, output = gates.chunk(4)
    return torch.cat([candidate, forget, output, input_])


model = Forecaster()
sizes = []
for layer in range(LAYERS):
    sizes += [(4 * UNITS, INPUTS if layer == 0 else UNITS), (4 * UNITS, UNITS), (4 * UNITS,)]
sizes += [(OUTPUTS, UNITS), (OUTPUTS,)]
total = sum(math.prod(size) for size in sizes)
flat = wave(total, 0.37, 0.6)
tensors = []
for layer in range(LAYERS):
    tensors += [getattr(model.lstm, name + str(layer)) for name in ("weight_ih_l", "weight_hh_l", "bias_ih_l")]
    second = getattr(model.lstm, "bias_hh_l" + str(layer))
    second.requires_grad_(False)
    second.zero_()
tensors += [model.head.weight, model.head.bias]
at = 0
with torch.no_grad():
    for index, (tensor, size) in enumerate(zip(tensors, sizes)):
        values = flat[at : at + math.prod(size)].reshape(size)
        tensor.copy_(to_torch(values) if index < 3 * LAYERS else values)
        at += math.prod(size)

weights = [tensor for tensor in tensors if tensor.dim() == 2]
biases = [tensor for tensor in tensors if tensor.dim() == 1]
optimiser = torch.optim.Adam([{"params": weights, "weight_decay": 0.01}, {"params": biases, "weight_decay": 0.0}], 0.01)
x = wave(10 * BATCH * STEPS * INPUTS, 0.73, 1.5).reshape(10, BATCH, STEPS, INPUTS)
y = wave(10 * BATCH * OUTPUTS, 1.31, 1.0).reshape(10, BATCH, OUTPUTS)
for step in range(10):
    optimiser.zero_grad()
    loss = torch.nn.functional.mse_loss(model(x[step]), y[step])
    loss.backward()
    torch.nn.utils.clip_grad_norm_(tensors, 0.5)
    optimiser.step()
    print("loss", repr(loss.item()))
with torch.no_grad():
    for index, tensor in enumerate(tensors):
        for value in (to_dl4j(tensor) if index < 3 * LAYERS else tensor).flatten().tolist():
            print("parameter", repr(value))
