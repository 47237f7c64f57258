"""How a class did, and how one student did: pages made from gradebook and notebooks."""
