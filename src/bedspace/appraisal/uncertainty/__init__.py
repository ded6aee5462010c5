"""What the answers hang on: sensitivities, the ledger of evidence, what nobody knows."""
